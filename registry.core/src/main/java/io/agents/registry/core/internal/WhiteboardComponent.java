package io.agents.registry.core.internal;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings agents from the service registry to the registry. Whoever offers the registry to others,
 * or tells of it, depends on this component and not on {@link CoreComponent}: so the agents from
 * the service registry are there before anybody can look, and until nobody can.
 */
@Component(
    name = "io.agents.registry.core.whiteboard",
    configurationPid = SettingsReader.PID,
    service = WhiteboardComponent.class,
    immediate = true)
public final class WhiteboardComponent {

  private final RegistryCore core;
  private final WhiteboardFilter filter = new WhiteboardFilter();
  private final Whiteboard whiteboard;

  /**
   * Registers the services that are there, and those that come.
   *
   * @param context looks at services, and never fetches one
   * @param configuration the configuration of the registry
   * @param component the registry
   */
  @Activate
  public WhiteboardComponent(
      BundleContext context,
      Map<String, Object> configuration,
      @Reference CoreComponent component) {
    core = component.core();
    whiteboard = new Whiteboard(context, core, filter.read(configuration));
    whiteboard.open();
  }

  /** The registry with the agents from the service registry in it. */
  RegistryCore core() {
    return core;
  }

  @Modified
  void modified(Map<String, Object> configuration) {
    whiteboard.filter(filter.read(configuration));
  }

  @Deactivate
  void deactivate() {
    whiteboard.close();
  }
}

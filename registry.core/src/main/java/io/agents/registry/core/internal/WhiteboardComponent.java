package io.agents.registry.core.internal;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Brings agents from the service registry to the registry. */
@Component(
    name = "io.agents.registry.core.whiteboard",
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class WhiteboardComponent {

  private final Whiteboard whiteboard;

  /**
   * Registers the services that are there, and those that come.
   *
   * @param context looks at services, and never fetches one
   * @param core the registry
   */
  @Activate
  public WhiteboardComponent(BundleContext context, @Reference CoreComponent core) {
    whiteboard = new Whiteboard(context, core.core());
    whiteboard.open();
  }

  @Deactivate
  void deactivate() {
    whiteboard.close();
  }
}

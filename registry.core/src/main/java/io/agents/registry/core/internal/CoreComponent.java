package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Holds the registry, and passes on to it what Declarative Services tell. */
@Component(
    name = SettingsReader.PID,
    configurationPid = SettingsReader.PID,
    service = CoreComponent.class,
    immediate = true)
@Designate(ocd = CoreConfiguration.class)
public final class CoreComponent {

  /*
   * Design
   *
   * The one component with references to backends. What bundles get are faces on it, which are
   * components of their own: their services stay registered as they are whatever becomes of backends
   * and configuration. Listeners and agents from the service registry are brought in by components of
   * their own too, so that none of them is in the way of this one's activation.
   *
   * Both references are dynamic and optional, and there is a method for a changed configuration: so the
   * instance, and what it holds, outlives every change. A hand-over happens inside the bind method; while
   * that runs, the former backend is still bound.
   *
   * What a registry before this one has left is claimed before any backend is bound: so it is handed to
   * the first one like everything else, and is there before anybody can ask for it.
   */

  private final Succession succession;
  private final RegistryCore core;
  private final SettingsReader reader = new SettingsReader();

  /**
   * Starts with what another registry has left.
   *
   * @param context of this bundle
   * @param configuration the configuration, or nothing but what Declarative Services add
   */
  @Activate
  public CoreComponent(BundleContext context, Map<String, Object> configuration) {
    succession = new Succession(context);
    Settings settings = reader.read(configuration);
    core = new RegistryCore(settings, succession.claim());
    core.backends()
        .configured(SettingsReader.target(configuration), settings.mirroring().implementation());
  }

  RegistryCore core() {
    return core;
  }

  @Modified
  void modified(Map<String, Object> configuration) {
    Settings settings = reader.read(configuration);
    core.settings(settings);
    core.backends()
        .configured(SettingsReader.target(configuration), settings.mirroring().implementation());
  }

  @Deactivate
  void deactivate() {
    succession.leave(core.end());
  }

  @Reference(
      name = "backend",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBackend(RegistryBackend backend, Map<String, Object> properties) {
    core.backends().wanted(named(backend, properties));
  }

  void unbindBackend(RegistryBackend backend) {
    core.backends().unwanted(backend);
  }

  @Reference(
      name = "backends",
      service = RegistryBackend.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBackends(RegistryBackend backend, Map<String, Object> properties) {
    core.backends().appeared(named(backend, properties));
  }

  void unbindBackends(RegistryBackend backend) {
    core.backends().gone(backend);
  }

  private static NamedBackend named(RegistryBackend backend, Map<String, Object> properties) {
    Object name = properties.get(RegistryBackend.IMPLEMENTATION);
    return new NamedBackend(name == null ? "unnamed" : name.toString(), backend);
  }
}

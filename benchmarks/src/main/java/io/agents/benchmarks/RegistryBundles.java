package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import java.io.IOException;
import java.util.List;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Starts the registry from its bundles, as a distribution does. */
final class RegistryBundles {

  /** A class of each bundle below the registry, in the order of their start. */
  private static final List<String> PLATFORM =
      List.of(
          "org.osgi.util.function.Function",
          "org.osgi.util.promise.Promise",
          "org.osgi.service.component.ComponentConstants",
          "org.apache.felix.cm.impl.ConfigurationManager",
          "org.apache.felix.scr.impl.Activator");

  private static final String CORE = "io.agents.registry.core.internal.CoreComponent";
  private static final String ETS_PID = "io.agents.registry.ets";

  private RegistryBundles() {}

  /**
   * Starts a registry with one backend.
   *
   * @param backend the class of the backend
   * @param implementation its name
   * @throws IllegalStateException if that backend is not active then
   */
  static AgentRegistry start(Host host, Class<?> backend, String implementation)
      throws BundleException, IOException {
    for (String member : PLATFORM) {
      host.start(member);
    }
    host.service(ConfigurationAdmin.class)
        .getConfiguration(ETS_PID, "?")
        .update(FrameworkUtil.asDictionary(Implementation.INDEXES));
    host.start(backend.getName());
    host.start(CORE);
    String active = host.service(RegistryAdmin.class).status().implementation();
    if (!active.equals(implementation)) {
      throw new IllegalStateException(active + " is active, not " + implementation);
    }
    return host.service(AgentRegistry.class);
  }
}

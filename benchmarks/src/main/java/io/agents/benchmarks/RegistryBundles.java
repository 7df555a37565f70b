package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.legacy.internal.LegacyBackend;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
  private static final String CORE_PID = "io.agents.registry.core";
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
    return start(host, List.of(backend), implementation);
  }

  /**
   * Starts a registry with both backends.
   *
   * @param implementation the one that serves
   * @throws IllegalStateException if that backend is not active then
   */
  static AgentRegistry startBoth(Host host, String implementation)
      throws BundleException, IOException {
    return start(host, List.of(LegacyBackend.class, EtsBackend.class), implementation);
  }

  private static AgentRegistry start(Host host, List<Class<?>> backends, String implementation)
      throws BundleException, IOException {
    for (String member : PLATFORM) {
      host.start(member);
    }
    host.service(ConfigurationAdmin.class)
        .getConfiguration(ETS_PID, "?")
        .update(FrameworkUtil.asDictionary(Implementation.indexes()));
    choose(host, implementation);
    for (Class<?> backend : backends) {
      host.start(backend.getName());
    }
    host.start(CORE);
    String active = host.service(RegistryAdmin.class).status().implementation();
    if (!active.equals(implementation)) {
      throw new IllegalStateException(active + " is active, not " + implementation);
    }
    return host.service(AgentRegistry.class);
  }

  /** Says in the configuration which backend is to serve; does not wait for it. */
  static void choose(Host host, String implementation) throws IOException {
    host.service(ConfigurationAdmin.class)
        .getConfiguration(CORE_PID, "?")
        .update(
            FrameworkUtil.asDictionary(
                Map.of(
                    "backend.target",
                    "(" + RegistryBackend.IMPLEMENTATION + "=" + implementation + ")")));
  }
}

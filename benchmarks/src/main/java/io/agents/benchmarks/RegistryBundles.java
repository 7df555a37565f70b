package io.agents.benchmarks;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.legacy.internal.LegacyBackend;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
  private static final String MIRROR = "mirror.implementation";
  private static final String ETS_PID = "io.agents.registry.ets";

  private static final List<Class<?>> BOTH = List.of(LegacyBackend.class, EtsBackend.class);

  private RegistryBundles() {}

  /**
   * Starts a registry with one backend, or with both if one of them is to be the mirror.
   *
   * @param implementation the one that serves
   * @param settings of the registry, beside the one that says which serves
   * @throws IllegalStateException if that backend is not active then, or the mirror not in step
   */
  static AgentRegistry start(Host host, String implementation, Map<String, ?> settings)
      throws BundleException, IOException {
    Class<?> one =
        implementation.equals(RegistryBackend.ETS) ? EtsBackend.class : LegacyBackend.class;
    List<Class<?>> backends = settings.containsKey(MIRROR) ? BOTH : List.of(one);
    return start(host, backends, implementation, settings);
  }

  /**
   * Starts a registry with both backends.
   *
   * @param implementation the one that serves
   * @throws IllegalStateException if that backend is not active then
   */
  static AgentRegistry startBoth(Host host, String implementation)
      throws BundleException, IOException {
    return start(host, BOTH, implementation, Map.of());
  }

  private static AgentRegistry start(
      Host host, List<Class<?>> backends, String implementation, Map<String, ?> settings)
      throws BundleException, IOException {
    startPlatform(host);
    host.service(ConfigurationAdmin.class)
        .getConfiguration(ETS_PID, "?")
        .update(FrameworkUtil.asDictionary(Implementation.indexes()));
    configure(host, implementation, settings);
    for (Class<?> backend : backends) {
      host.start(backend.getName());
    }
    host.start(CORE);
    RegistryAdmin admin = host.service(RegistryAdmin.class);
    String active = admin.status().implementation();
    if (!active.equals(implementation)) {
      throw new IllegalStateException(active + " is active, not " + implementation);
    }
    if (settings.containsKey(MIRROR)) {
      awaitMirror(admin);
    }
    return host.service(AgentRegistry.class);
  }

  /** Starts what the registry runs on, and nothing of the registry. */
  static void startPlatform(Host host) throws BundleException {
    for (String member : PLATFORM) {
      host.start(member);
    }
  }

  private static void awaitMirror(RegistryAdmin admin) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (admin.mirror().state() != MirrorStatus.State.IN_STEP) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the mirror is " + admin.mirror());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Says in the configuration which backend is to serve; does not wait for it. */
  static void choose(Host host, String implementation) throws IOException {
    configure(host, implementation, Map.of());
  }

  /** Writes the configuration of the registry; does not wait for it. */
  static void configure(Host host, String implementation, Map<String, ?> settings)
      throws IOException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("backend.target", "(" + RegistryBackend.IMPLEMENTATION + "=" + implementation + ")");
    host.service(ConfigurationAdmin.class)
        .getConfiguration(CORE_PID, "?")
        .update(FrameworkUtil.asDictionary(all));
  }
}

package io.agents.benchmarks;

import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.legacy.internal.LegacyBackend;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.BundleException;

/** What can be measured. */
public enum Implementation {
  /** A bare {@code ConcurrentHashMap} from id to agent. */
  MAP {
    @Override
    Subject open(Host host) {
      return new MapSubject();
    }
  },

  /** The backend {@code legacy}, called directly: what the others are compared with. */
  LEGACY {
    @Override
    Subject open(Host host) {
      return new BackendSubject(new LegacyBackend());
    }
  },

  /** The backend {@code ets}, called directly. */
  ETS {
    @Override
    Subject open(Host host) {
      return new BackendSubject(new EtsBackend(host.context(), indexes()));
    }
  },

  /** The service {@code AgentRegistry} with {@code legacy} behind it. */
  REGISTRY_LEGACY {
    @Override
    Subject open(Host host) throws BundleException, IOException {
      return new RegistrySubject(RegistryBundles.start(host, RegistryBackend.LEGACY, Map.of()));
    }
  },

  /** The service {@code AgentRegistry} with {@code ets} behind it. */
  REGISTRY_ETS {
    @Override
    Subject open(Host host) throws BundleException, IOException {
      return new RegistrySubject(RegistryBundles.start(host, RegistryBackend.ETS, Map.of()));
    }
  },

  /** The same, with no call measured: what the guard of a rollout has no figures without. */
  REGISTRY_UNMEASURED {
    @Override
    Subject open(Host host) throws BundleException, IOException {
      return new RegistrySubject(
          RegistryBundles.start(host, RegistryBackend.ETS, Map.of("measure.calls", false)));
    }

    @Override
    String title() {
      return "registry+ets unmeasured";
    }
  },

  /** The same, with {@code legacy} in step and one read of 100 compared with it. */
  REGISTRY_COMPARED {
    @Override
    Subject open(Host host) throws BundleException, IOException {
      return new RegistrySubject(
          RegistryBundles.start(
              host,
              RegistryBackend.ETS,
              Map.of("mirror.implementation", RegistryBackend.LEGACY, "comparison.percent", "1")));
    }

    @Override
    String title() {
      return "registry+ets 1% compared";
    }
  },

  /** CQEngine with hash indexes: a peer. */
  CQENGINE {
    @Override
    Subject open(Host host) {
      return new CqEngineSubject();
    }
  },

  /** The service registry of the framework, with LDAP filters: a peer. */
  SERVICES {
    @Override
    Subject open(Host host) {
      return new ServicesSubject(host.context());
    }

    @Override
    int most() {
      return 10_000;
    }
  };

  /**
   * The system property that has the memory of agents kept in order, for what asks for a range or
   * an order, where there are indexes. The goals are about three indexes without it.
   */
  static final String ORDERED = "benchmark.ordered";

  /** The configuration of {@code ets}. */
  static Map<String, Object> indexes() {
    String[] indexed = AgentData.INDEXED.toArray(new String[0]);
    return Boolean.getBoolean(ORDERED)
        ? Map.of("indexed.attributes", indexed, "ordered.attributes", AgentData.MEMORY)
        : Map.of("indexed.attributes", indexed);
  }

  /** Makes an empty one. */
  abstract Subject open(Host host) throws BundleException, IOException;

  /** With how many agents it is measured at most: what looks at all of them takes too long. */
  int most() {
    return Integer.MAX_VALUE;
  }

  /** The name for people, such as {@code registry+ets}. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '+');
  }
}

package io.agents.registry.flags.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which definition of each flag holds. */
final class Definitions {

  private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

  /** The flags of this bundle: there before any other bundle, and as long as the flags are. */
  private static final List<FlagDefinition> OWN =
      List.of(
          FlagDefinition.of(
              FeatureFlags.USE_ETS,
              "The registry keeps its agents in the concurrent, indexed implementation 'ets'.",
              FlagValue.OFF),
          FlagDefinition.of(
              Rollout.SHADOW,
              "While 'legacy' serves, 'ets' is kept in step and compared with it.",
              FlagValue.OFF),
          FlagDefinition.of(
              Rollout.RETIRE_LEGACY,
              "While 'ets' serves, 'legacy' is no longer kept in step.",
              FlagValue.OFF),
          FlagDefinition.of(
              Rollout.ENFORCE,
              "In the stage done, going back to 'legacy' is refused.",
              FlagValue.OFF),
          FlagDefinition.of(
              Rollout.MONITORING,
              "The guard of the rollout watches, and rolls back when a threshold is crossed.",
              FlagValue.ON));

  /**
   * The definitions that hold, one a name.
   *
   * @param version higher than that of every older list
   */
  record Holding(long version, List<FlagDefinition> definitions) {}

  /** Guarded by this object's lock, a leaf. */
  private final Map<ServiceReference<FlagDefinition>, FlagDefinition> services = new HashMap<>();

  /**
   * Of which services it was said that another one's definition holds. Guarded by this object's
   * lock.
   */
  private final Set<ServiceReference<FlagDefinition>> reported = new HashSet<>();

  /** Guarded by this object's lock. */
  private long version;

  /** Takes a definition, or logs why not. Calls it under no lock. */
  void add(ServiceReference<FlagDefinition> reference, FlagDefinition foreign) {
    FlagDefinition copy;
    try {
      copy = FlagDefinition.of(foreign.name(), foreign.description(), foreign.defaultValue());
    } catch (RuntimeException e) {
      LOG.warn("A definition of a flag by {} is ignored", describe(reference), e);
      return;
    }
    synchronized (this) {
      services.put(reference, copy);
    }
  }

  synchronized void remove(ServiceReference<FlagDefinition> reference) {
    services.remove(reference);
    reported.remove(reference);
  }

  /** What holds now. Logs each definition that does not, once. */
  Holding holding() {
    Map<String, FlagDefinition> holding = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    OWN.forEach(definition -> holding.put(definition.name(), definition));
    Map<String, ServiceReference<FlagDefinition>> holders = new HashMap<>();
    long drawn;
    synchronized (this) {
      drawn = ++version;
      List<ServiceReference<FlagDefinition>> best =
          services.keySet().stream().sorted(Comparator.reverseOrder()).toList();
      for (ServiceReference<FlagDefinition> reference : best) {
        FlagDefinition definition = requireNonNull(services.get(reference));
        if (holding.putIfAbsent(definition.name(), definition) == null) {
          holders.put(definition.name(), reference);
          reported.remove(reference);
        } else if (reported.add(reference)) {
          warnings.add(warning(definition, reference, holders.get(definition.name())));
        }
      }
    }
    warnings.forEach(LOG::warn);
    return new Holding(drawn, List.copyOf(holding.values()));
  }

  private static String warning(
      FlagDefinition definition,
      ServiceReference<?> ignored,
      @Nullable ServiceReference<?> holder) {
    return "The flag '"
        + definition.name()
        + "' is defined twice; the definition by "
        + (holder == null ? "the flags themselves" : describe(holder))
        + " holds, the one by "
        + describe(ignored)
        + " is ignored";
  }

  private static String describe(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return "service "
        + reference.getProperty(Constants.SERVICE_ID)
        + (bundle == null ? "" : " of bundle " + bundle.getSymbolicName());
  }
}

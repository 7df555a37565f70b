package io.agents.registry.flags.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which implementation serves, as the registry tells.
 *
 * @param name the implementation, or {@code none}
 * @param lastSwap the report of the latest exchange
 */
record ActiveImplementation(String name, Optional<SwapReport> lastSwap) {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveImplementation.class);

  private static final ActiveImplementation NONE =
      new ActiveImplementation(RegistryStatus.NO_IMPLEMENTATION, Optional.empty());

  /** Asks the registry; null if it is not there. */
  static ActiveImplementation of(@Nullable RegistryAdmin registry) {
    if (registry == null) {
      return NONE;
    }
    try {
      // The reports tell as much as the status, which looks at every agent.
      List<SwapReport> swaps = registry.swaps();
      if (swaps.isEmpty()) {
        return new ActiveImplementation(registry.status().implementation(), Optional.empty());
      }
      SwapReport last = swaps.get(swaps.size() - 1);
      boolean completed = last.outcome() == SwapReport.Outcome.COMPLETED;
      return new ActiveImplementation(completed ? last.to() : last.from(), Optional.of(last));
    } catch (RuntimeException e) {
      LOG.debug("The registry is going", e);
      return NONE;
    }
  }

  /** The number of the latest exchange; 0 if there was none. */
  long lastSwapNumber() {
    return lastSwap.map(SwapReport::number).orElse(0L);
  }

  /**
   * The latest exchange, if it was to bring an implementation, was abandoned, and came after
   * another.
   */
  Optional<SwapReport> abandoned(String implementation, long after) {
    return lastSwap.filter(
        swap ->
            swap.outcome() == SwapReport.Outcome.ABANDONED
                && swap.to().equals(implementation)
                && swap.number() > after);
  }
}

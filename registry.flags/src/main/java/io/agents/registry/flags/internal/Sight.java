package io.agents.registry.flags.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import java.util.List;

/**
 * What the registry tells of itself at one moment.
 *
 * @param nanos when, by the clock of nanoseconds
 * @param active the implementation that serves
 * @param calls what its calls were like so far
 * @param comparison what came of comparisons so far
 * @param mirror how the mirror is
 * @param swaps the latest exchanges
 */
record Sight(
    long nanos,
    String active,
    CallStatistics calls,
    ComparisonReport comparison,
    MirrorStatus mirror,
    List<SwapReport> swaps) {

  /** Asks the registry; costs the same however many agents there are. */
  static Sight of(RegistryAdmin registry, long nanos) {
    return new Sight(
        nanos,
        ActiveImplementation.of(registry).name(),
        registry.calls(),
        registry.comparison(),
        registry.mirror(),
        registry.swaps());
  }

  /** Whether nothing was exchanged or filled between another moment and this one. */
  boolean isUndisturbedSince(Sight earlier) {
    return active.equals(earlier.active)
        && mirror.equals(earlier.mirror)
        && mirror.state() != MirrorStatus.State.FILLING
        && lastSwap() == earlier.lastSwap();
  }

  private long lastSwap() {
    return swaps.isEmpty() ? 0 : swaps.get(swaps.size() - 1).number();
  }
}

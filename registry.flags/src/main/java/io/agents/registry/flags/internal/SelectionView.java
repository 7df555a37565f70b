package io.agents.registry.flags.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.SelectionStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares what the flag asks for with what is there, and waits for the one to become the other.
 */
final class SelectionView {

  /**
   * How long to wait before looking again, at first and at most: an exchange of backends is mostly
   * a matter of milliseconds, and the registry has no way to tell that one has ended. To look costs
   * little, whatever the number of agents.
   */
  private static final long FIRST_WAIT_NANOS = 1_000_000;

  private static final long LONGEST_WAIT_NANOS = 50_000_000;

  /**
   * How long to wait at most if somebody says forever; the clock of nanoseconds overflows beyond.
   */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Selector selector;
  private final PidConfiguration registryConfiguration;
  private final Backends backends;
  private final Supplier<RegistryAdmin> registry;
  private final Signal news;

  /** How things stand, and whether they may change without anybody doing anything. */
  private record Look(SelectionStatus status, boolean underWay) {}

  SelectionView(
      Selector selector,
      PidConfiguration registryConfiguration,
      Backends backends,
      Supplier<RegistryAdmin> registry,
      Signal news) {
    this.selector = selector;
    this.registryConfiguration = registryConfiguration;
    this.backends = backends;
    this.registry = registry;
    this.news = news;
  }

  SelectionStatus status() {
    return look().status();
  }

  SelectionStatus awaitSettled(Duration timeout) throws InterruptedException {
    long nanos = timeout.isNegative() ? 0 : shorter(timeout, LONGEST).toNanos();
    long deadline = System.nanoTime() + nanos;
    if (nanos > 0) {
      // What was asked for by a change just now may not have been decided yet.
      selector.decideWithin(nanos);
    }
    for (long wait = FIRST_WAIT_NANOS; ; wait = Math.min(2 * wait, LONGEST_WAIT_NANOS)) {
      long seen = news.given();
      Look look = look();
      long left = deadline - System.nanoTime();
      if (!look.underWay() || left <= 0) {
        return look.status();
      }
      news.await(seen, Math.min(left, wait));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Look look() {
    String wanted = selector.wanted();
    RegistryAdmin admin = registry.get();
    ActiveImplementation active = ActiveImplementation.of(admin);
    List<String> available = List.copyOf(backends.names());
    TargetFilter target;
    Optional<String> obstacle;
    try {
      target = TargetFilter.of(registryConfiguration.read().get(BackendSelection.TARGET));
      obstacle = obstacle(wanted, target, available, admin != null, active);
    } catch (IOException | IllegalStateException e) {
      target = TargetFilter.of(null);
      obstacle = Optional.of("the registry's configuration can't be read: " + e.getMessage());
    }
    // Serving it while pointed at the other is to be on the way to the other.
    boolean settled =
        active.name().equals(wanted) && target.implementation().map(wanted::equals).orElse(true);
    Optional<String> awaited =
        settled
            ? Optional.empty()
            : Optional.of(
                obstacle.orElse(
                    "the exchange of '" + active.name() + "' for '" + wanted + "' is under way"));
    return new Look(
        new SelectionStatus(wanted, active.name(), target.text(), available, awaited, settled),
        !settled && obstacle.isEmpty());
  }

  /** What stands in the way of the wanted implementation until somebody does something about it. */
  private Optional<String> obstacle(
      String wanted,
      TargetFilter target,
      List<String> available,
      boolean registryThere,
      ActiveImplementation active) {
    if (!registryThere) {
      return Optional.of("the registry is not there; start the bundle io.agents.registry.core");
    }
    if (target.kind() == TargetFilter.Kind.FOREIGN) {
      return Optional.of(
          "the target filter "
              + target.text()
              + " was written by somebody else; remove "
              + BackendSelection.TARGET
              + " from configuration "
              + BackendSelection.REGISTRY_PID
              + " to let "
              + FeatureFlags.USE_ETS
              + " choose");
    }
    if (!available.contains(wanted)) {
      return Optional.of(
          "the implementation '"
              + wanted
              + "' is not there; start the bundle io.agents.registry."
              + wanted);
    }
    return selector
        .failure()
        .map(failure -> "the target filter can't be written: " + failure)
        .or(
            () ->
                active
                    .abandoned(wanted, selector.swapsBefore(wanted))
                    .map(
                        swap ->
                            "the exchange for '" + wanted + "' was abandoned: " + swap.reason()));
  }
}

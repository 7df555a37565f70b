package io.agents.registry.flags.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the registry do what the stage of the rollout asks for. */
final class Selector {

  /*
   * News come on many threads: a flag changed, a backend came or went, somebody wrote the filter, the framework is up.
   * None of them is acted on there. Each asks for a decision, and decisions are made one after the other on one thread
   * of this object, from what is true at that moment: the stage, the backends, and the keys as they stand in the
   * configuration. So the last state wins, however many news came in whatever order; and a decision that finds the filter
   * right writes nothing, which ends the echo of its own write. No lock is held while ConfigurationAdmin is called. All
   * keys are written in one update: so the registry never serves one stage with the mirror of another.
   *
   * A rollback must not wait for a decision that hangs: pointNow makes one on the thread of the caller, and asks nobody but
   * ConfigurationAdmin. If it is overtaken by a decision from before the rollback, the news of that one's write bring the
   * next decision, which puts it right.
   *
   * One thing makes it write what stands there already: that the registry still goes by another filter after a second.
   * LostUpdate says why it would never hear of this one otherwise. It says so with a number that Declarative Services
   * have not seen: a configuration that was deleted and made anew is numbered from the beginning, and they drop whatever
   * has no higher number than what they know.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Selector.class);

  /** The most writes in a row; what is left is written after some time. */
  private static final int MOST_WRITES = 1_000;

  /** A target that was written, and the latest exchange before that. */
  private record Attempt(String implementation, long swapsBefore) {}

  private final Supplier<Plan> plan;
  private final PidConfiguration registryConfiguration;
  private final Backends backends;
  private final Supplier<RegistryAdmin> registry;
  private final Supplier<Phase> phase;

  private final LostUpdate lostUpdate;
  private final Decisions decisions = new Decisions(this::decide);

  /** Written by the thread of decisions alone; read by others. */
  private volatile Attempt attempt = new Attempt("", 0);

  /**
   * Why the filter could not be written; null if it could. Written by the thread of decisions
   * alone.
   */
  private volatile @Nullable String failure;

  /**
   * What was last logged of a filter that is left alone or an implementation that is missing; of
   * that thread alone.
   */
  private String logged = "";

  /** Whether what is written stands there already; of that thread alone. */
  private boolean repeating;

  /** The highest number that the configuration has had; of that thread alone. */
  private long mostChanges;

  /** Before that no decision is made, because not all backends are known. */
  private volatile boolean opened;

  Selector(
      Supplier<Plan> plan,
      PidConfiguration registryConfiguration,
      Backends backends,
      Supplier<RegistryAdmin> registry,
      LostUpdate lostUpdate,
      Supplier<Phase> phase) {
    this.plan = plan;
    this.registryConfiguration = registryConfiguration;
    this.backends = backends;
    this.registry = registry;
    this.lostUpdate = lostUpdate;
    this.phase = phase;
  }

  /** Begins, with a first decision. */
  void open() {
    opened = true;
    ask();
  }

  /** Asks for a decision. Returns at once. */
  void ask() {
    if (opened) {
      decisions.ask();
    }
  }

  /**
   * Waits until a decision was made that began after this call, or the time is over, or the
   * selector is closed.
   */
  void decideWithin(long nanos) throws InterruptedException {
    decisions.decideWithin(nanos);
  }

  /** Makes no more decisions; one that is under way is waited for. The filter stays as it is. */
  void close() {
    decisions.close();
  }

  /** The implementation that the stage asks for. */
  String wanted() {
    return plan.get().serving();
  }

  /** Makes a decision on this very thread, whatever other decisions are doing. */
  void pointNow() throws IOException {
    registryConfiguration.edit(
        values -> RegistryKeys.apply(plan.get(), values, backends.names(), false));
  }

  /** Writes the keys again as they stand there. */
  void again() throws IOException {
    registryConfiguration.edit(values -> !decisions.isClosed() && !values.isEmpty());
  }

  /** Why the filter could not be written, if it could not. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * The latest exchange before the filter was pointed at an implementation; 0 if this was not done
   * here.
   */
  long swapsBefore(String implementation) {
    Attempt last = attempt;
    return last.implementation().equals(implementation) ? last.swapsBefore() : 0;
  }

  private void decide() {
    Phase now = phase.get();
    if (now == Phase.STOPPING) {
      return;
    }
    try {
      Plan wanted = plan.get();
      Set<String> available = backends.names();
      mostChanges = Math.max(mostChanges, registryConfiguration.changes());
      repeating = false;
      boolean written =
          registryConfiguration.edit(
              values -> point(values, wanted, available, now == Phase.STARTING) || isLost(values));
      if (written && repeating) {
        outnumber();
      }
      failure = null;
      if (written || lostUpdate.isExpected()) {
        decisions.askAfter(LostUpdate.PATIENCE_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(failure)) {
        LOG.warn("The registry's target filter can't be changed", e);
      }
      failure = message;
    }
  }

  /** Puts the right keys into the values. Returns whether they are to be written. */
  private boolean point(
      Map<String, Object> values, Plan wanted, Set<String> available, boolean starting) {
    TargetFilter present = TargetFilter.of(values.get(BackendSelection.TARGET));
    logOnce(present, wanted.serving(), available, starting);
    if (decisions.isClosed() || !RegistryKeys.apply(wanted, values, available, starting)) {
      return false;
    }
    TargetFilter next = TargetFilter.of(values.get(BackendSelection.TARGET));
    if (!next.equals(present)) {
      String chosen = next.implementation().orElse(next.text());
      attempt = new Attempt(chosen, ActiveImplementation.of(registry.get()).lastSwapNumber());
      LOG.info(
          "The registry is pointed at '{}', before that {}; the rollout asks for '{}'; there are {}",
          chosen,
          present.text().isEmpty() ? "at nothing" : present.text(),
          wanted.serving(),
          available);
    }
    return true;
  }

  /**
   * Whether the values are right, but have to be written again for the registry to hear of them.
   */
  private boolean isLost(Map<String, Object> values) {
    Object all = RegistryKeys.all(values::get);
    boolean lost = !decisions.isClosed() && lostUpdate.isLost(all);
    if (lost) {
      LOG.info("The registry was not told of its configuration {}; it is written again", all);
    }
    repeating = lost;
    return lost;
  }

  /** Writes until the number is higher than any that was seen before. */
  private void outnumber() throws IOException {
    for (int i = 0; i < MOST_WRITES && registryConfiguration.changes() <= mostChanges; i++) {
      again();
    }
  }

  private void logOnce(
      TargetFilter present, String wanted, Set<String> available, boolean starting) {
    String message = "";
    if (present.kind() == TargetFilter.Kind.FOREIGN) {
      message =
          "The registry's target filter "
              + present.text()
              + " is somebody else's and left alone; "
              + FeatureFlags.USE_ETS
              + " has no effect";
    } else if (!available.contains(wanted) && !starting) {
      message =
          "The implementation '" + wanted + "' is wanted and not there; there are " + available;
    }
    if (!message.equals(logged) && !message.isEmpty()) {
      LOG.warn(message);
    }
    logged = message;
  }
}

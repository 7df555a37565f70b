package io.agents.registry.flags.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.spi.RegistryBackend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the guard look again and again, on a thread that is there only while there is something to
 * guard.
 */
final class Watch {

  /*
   * Design
   *
   * A change of the stage or of the settings makes the thread, or ends it. What the guard sees is touched by that thread
   * alone; the stage that it guards is compared at each look, and a change of it makes a new guard.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long after an abandoned exchange it is tried again. */
  private static final Duration BEFORE_RETRY = Duration.ofSeconds(5);

  private final StageComponent component;
  private final Supplier<Optional<RegistryAdmin>> registry;
  private final CleanComparisons clean;
  private final Runnable retry;
  private final BiConsumer<RolloutStage, Breach> breached;
  private final Clock clock;

  /** Guarded by this object's lock. */
  private @Nullable ScheduledThreadPoolExecutor executor;

  /** Guarded by this object's lock. */
  private boolean closed;

  /** Of the thread alone. */
  private @Nullable Guard guard;

  /** The exchange that was last tried again; of the thread alone. */
  private long retried;

  /** What stopped the guard from looking; read by others. */
  private volatile String blind = "";

  /** When it last looked. */
  private volatile @Nullable Instant looked;

  Watch(
      StageComponent component,
      Supplier<Optional<RegistryAdmin>> registry,
      CleanComparisons clean,
      Runnable retry,
      BiConsumer<RolloutStage, Breach> breached,
      Clock clock) {
    this.component = component;
    this.registry = registry;
    this.clean = clean;
    this.retry = retry;
    this.breached = breached;
    this.clock = clock;
  }

  /** Whether there is something to guard now. */
  private boolean isWanted() {
    Stages.State state = component.stages().state();
    return state.monitored() && state.stage().keepsInStep();
  }

  /** Begins or ends to watch, as the stage asks for. Does not wait. */
  // A look keeps its own failure; nobody waits for it.
  @SuppressWarnings("FutureReturnValueIgnored")
  synchronized void adjust() {
    boolean wanted = !closed && isWanted();
    if (wanted && executor == null) {
      ScheduledThreadPoolExecutor begun = new ScheduledThreadPoolExecutor(1, Watch::thread);
      begun.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      executor = begun;
      begun.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } else if (!wanted && executor != null) {
      executor.shutdown();
      executor = null;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "agent registry rollout guard");
    thread.setDaemon(true);
    return thread;
  }

  synchronized boolean isWatching() {
    return executor != null;
  }

  /** Why nothing is seen at the moment; empty text if it is. */
  String blind() {
    return blind;
  }

  Optional<Instant> looked() {
    return Optional.ofNullable(looked);
  }

  /** Watches no more, and waits for the look that is under way, if it does not hang. */
  void close() {
    ScheduledThreadPoolExecutor ended;
    synchronized (this) {
      closed = true;
      ended = executor;
      executor = null;
    }
    if (ended != null) {
      ended.shutdownNow();
      try {
        if (!ended.awaitTermination(PAUSE.multipliedBy(5).toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("The last look of the rollout's guard does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void look() {
    try {
      if (!isWanted()) {
        return;
      }
      Optional<RegistryAdmin> there = registry.get();
      if (there.isEmpty()) {
        blind = "the registry is not there";
        return;
      }
      Sight sight = Sight.of(there.get(), System.nanoTime());
      clean.observe(sight.comparison());
      Guard current = guardOf(sight);
      Optional<Breach> breach = current.look(sight, clock.instant(), component.settings());
      looked = clock.instant();
      blind = "";
      if (breach.isPresent() && isWanted()) {
        guard = null;
        breached.accept(current.stage(), breach.get());
      } else {
        retryIfAbandoned(sight);
      }
    } catch (RuntimeException e) {
      // The registry may be going at this moment. If it is not, somebody has to know.
      if (!String.valueOf(e).equals(blind)) {
        LOG.warn("The rollout's guard can't see what the registry does", e);
      }
      blind = String.valueOf(e);
    }
  }

  private Guard guardOf(Sight sight) {
    Stages.State state = component.stages().state();
    Guard present = guard;
    Instant since =
        ReadinessCheck.since(state.stage(), component.stages().history()).orElse(Instant.EPOCH);
    if (present == null || !present.isOf(state.stage(), since)) {
      Baseline baseline = Baseline.of(sight.calls(), Baseline.noted(component.baseline()));
      if (!baseline.equals(Baseline.noted(component.baseline()))) {
        component.keep(baseline.notes());
      }
      present = new Guard(state.stage(), since, baseline);
      guard = present;
    }
    return present;
  }

  /**
   * An exchange for ets that was abandoned is tried again while the stage asks for it: it may have
   * been bad luck, and if it was not, the threshold is reached.
   */
  private void retryIfAbandoned(Sight sight) {
    boolean wanted = component.plan().serving().equals(RegistryBackend.ETS);
    if (!wanted || sight.active().equals(RegistryBackend.ETS) || sight.swaps().isEmpty()) {
      return;
    }
    SwapReport last = sight.swaps().get(sight.swaps().size() - 1);
    if (last.outcome() == SwapReport.Outcome.ABANDONED
        && last.to().equals(RegistryBackend.ETS)
        && last.number() > retried
        && last.startedAt()
            .plusNanos(last.durationNanos())
            .plus(BEFORE_RETRY)
            .isBefore(clock.instant())) {
      retried = last.number();
      LOG.info("The exchange for 'ets' was abandoned: {}; it is tried again", last.reason());
      retry.run();
    }
  }
}

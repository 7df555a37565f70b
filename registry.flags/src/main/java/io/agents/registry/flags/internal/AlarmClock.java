package io.agents.registry.flags.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings when a time has come, on a thread that is there only while a time is waited for or there is
 * something to tell.
 */
final class AlarmClock {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);

  private static final long IDLE_SECONDS = 1;

  /**
   * The clock may be set, and a machine may sleep: the wait is that of a stopwatch, so it is never
   * long.
   */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Clock clock;
  private final Runnable ring;
  private final ScheduledThreadPoolExecutor executor;

  /** Guarded by this object's lock, under which only the lock of the {@link FlagTable} is taken. */
  private @Nullable ScheduledFuture<?> pending;

  AlarmClock(Clock clock, Runnable ring) {
    this.clock = clock;
    this.ring = ring;
    executor = new ScheduledThreadPoolExecutor(1, AlarmClock::thread);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "agent registry flags");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for a time, and no longer for the one before; for none if it is empty.
   *
   * @param next tells the time; asked under the lock, so that of several threads the last one sets
   *     the latest
   */
  synchronized void set(Supplier<Optional<Instant>> next) {
    Optional<Instant> time = next.get();
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
    if (time.isPresent()) {
      Duration left = Duration.between(clock.instant(), time.get());
      Duration wait = left.compareTo(LONGEST) < 0 ? left : LONGEST;
      try {
        // A millisecond more, so that it does not ring just before.
        long millis = Math.max(0, wait.toMillis()) + 1;
        pending = executor.schedule(ring, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("No time is waited for any more", e);
      }
    }
  }

  /** Has something run at once, on the same thread. */
  void now(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is run any more", e);
    }
  }

  void close() {
    executor.shutdown();
  }
}

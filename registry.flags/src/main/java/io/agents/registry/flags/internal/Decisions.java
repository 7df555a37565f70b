package io.agents.registry.flags.internal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has decisions made one after the other, on one thread, which ends when there is nothing to do, so
 * that an idle bundle has none.
 */
final class Decisions {

  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private static final long IDLE_SECONDS = 1;
  private static final long LAST_DECISION_SECONDS = 5;

  private final Runnable decision;
  private final ScheduledThreadPoolExecutor executor;

  /** Whether a decision is asked for that has not begun. */
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Whether a decision is to be asked for when some time is over. */
  private final AtomicBoolean askedForLater = new AtomicBoolean();

  private volatile boolean closed;

  Decisions(Runnable decision) {
    this.decision = decision;
    this.executor = new ScheduledThreadPoolExecutor(1, Decisions::thread);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "agent registry selector");
    thread.setDaemon(true);
    return thread;
  }

  /** Asks for a decision. Returns at once. */
  void ask() {
    if (asked.compareAndSet(false, true)) {
      after(0, asked, decision);
    }
  }

  /** Asks for a decision when some time is over, unless one is asked for later already. */
  void askAfter(long millis) {
    if (askedForLater.compareAndSet(false, true)) {
      after(millis, askedForLater, this::ask);
    }
  }

  // A decision keeps its own failure; nobody waits for it here.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void after(long millis, AtomicBoolean pending, Runnable action) {
    try {
      executor.schedule(
          () -> {
            // First: what changes from here on asks anew.
            pending.set(false);
            action.run();
          },
          millis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("No decision any more", e);
    }
  }

  /**
   * Waits until a decision was made that began after this call, or the time is over, or there are
   * no more decisions.
   */
  void decideWithin(long nanos) throws InterruptedException {
    try {
      Future<?> made = executor.submit(decision);
      made.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | RejectedExecutionException | CancellationException e) {
      LOG.debug("No decision in time", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a decision failed", e.getCause());
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Makes no more decisions; one that is under way is waited for. */
  void close() {
    closed = true;
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_DECISION_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The last decision on the registry's implementation does not end; interrupted");
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

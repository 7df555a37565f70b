package io.agents.registry.testkit.reliability;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a hang a failure that tells where every thread stands.
 *
 * <p>Safe for use by many threads.
 */
public final class Deadline {

  private Deadline() {}

  /**
   * Does a piece of work on a daemon thread of its own and waits for it.
   *
   * @param limit how long the work may take; to be chosen so that a slow machine keeps it
   * @param what what the work is, for the message
   * @param work the work
   * @throws AssertionError if the work is not done in time, with the stacks of all threads, those
   *     in a deadlock first; the thread of the work is interrupted
   * @throws Exception what the work throws
   */
  public static void within(Duration limit, String what, Work work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread thread = new Thread(task, what);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError hang =
          new AssertionError(
              what + " hangs: not done after " + limit.toMillis() + " ms\n" + Threads.dump(), e);
      task.cancel(true);
      throw hang;
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static Exception rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (Exception) cause;
  }
}

package io.agents.registry.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs something on another thread and waits for it: fails if it would need a lock that this thread
 * holds.
 */
final class OtherThread {

  private static final long LIMIT_SECONDS = 5;

  private OtherThread() {}

  static void run(String what, Runnable work) {
    call(
        what,
        () -> {
          work.run();
          return null;
        });
  }

  static <T> T call(String what, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, what);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new AssertionError(
          what + " was not done on another thread after " + LIMIT_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(what + " failed on another thread: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
  }
}

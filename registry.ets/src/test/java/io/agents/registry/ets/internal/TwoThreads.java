package io.agents.registry.ets.internal;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs two pieces of work at the same time, once or in rounds. The first failure is thrown. */
final class TwoThreads implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  /** A piece of work. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CyclicBarrier barrier = new CyclicBarrier(2);

  /** Begins both at the same time and waits for both. */
  void race(Work one, Work other) throws Exception {
    List<Future<Void>> running = List.of(start(one), start(other));
    for (Future<Void> work : running) {
      await(work);
    }
  }

  /** Reads again and again while the other thread writes, and once more after that. */
  void readWhile(Work writing, Work reading) throws Exception {
    Future<Void> writer =
        threads.submit(
            () -> {
              writing.run();
              return null;
            });
    boolean done;
    do {
      done = writer.isDone();
      reading.run();
    } while (!done);
    await(writer);
  }

  private static void await(Future<Void> work) throws Exception {
    try {
      work.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("not done after " + LIMIT_SECONDS + " s: a deadlock?", e);
    }
  }

  private Future<Void> start(Work work) {
    Callable<Void> together =
        () -> {
          barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
          work.run();
          return null;
        };
    return threads.submit(together);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

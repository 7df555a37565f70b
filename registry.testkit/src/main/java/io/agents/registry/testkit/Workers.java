package io.agents.registry.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Runs pieces of work at the same time, each on a thread of its own that ends with it: writers
 * once, readers again and again until all writers are done, and once more after that. The first
 * failure of any of them is thrown.
 */
final class Workers {

  /** A piece of work. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private static final long LIMIT_SECONDS = 120;

  private final List<Work> writers = new ArrayList<>();
  private final List<Work> readers = new ArrayList<>();

  Workers writer(Work work) {
    writers.add(work);
    return this;
  }

  Workers writers(int count, IntFunction<Work> work) {
    for (int i = 0; i < count; i++) {
      writers.add(work.apply(i));
    }
    return this;
  }

  Workers reader(Work work) {
    readers.add(work);
    return this;
  }

  void run() throws Exception {
    int count = writers.size() + readers.size();
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CompletionService<Void> done = new ExecutorCompletionService<>(threads);
    try {
      List<Future<?>> writing = new ArrayList<>();
      writers.forEach(work -> writing.add(done.submit(once(work, start))));
      readers.forEach(work -> done.submit(repeated(work, start, writing)));
      for (int i = 0; i < count; i++) {
        requireSuccess(done.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
      }
    } finally {
      // After a failure the others are interrupted: what is tested is about to be closed.
      threads.shutdownNow();
      threads.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Callable<Void> once(Work work, CyclicBarrier start) {
    return () -> {
      start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      work.run();
      return null;
    };
  }

  private static Callable<Void> repeated(Work work, CyclicBarrier start, List<Future<?>> writing) {
    return () -> {
      start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      while (!writing.stream().allMatch(Future::isDone)) {
        work.run();
      }
      work.run();
      return null;
    };
  }

  private static void requireSuccess(Future<?> finished) throws Exception {
    if (finished == null) {
      throw new AssertionError("work was not done after " + LIMIT_SECONDS + " s: a deadlock?");
    }
    try {
      finished.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }
}

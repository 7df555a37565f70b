package io.agents.registry.core.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does work on threads of its own, so that nobody has to wait for a backend that stands still. */
final class Background implements AutoCloseable {

  /*
   * Design
   *
   * A thread for each piece of work; it inherits nothing of the one that needs it, and ends with it.
   * What is running when the registry ends is interrupted. Java can't end a thread that does not heed
   * that; such a one is named in the log, and holds what its backend holds.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final Set<Thread> givenUp = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Does something, and waits for nothing. After the end, nothing. */
  void start(String name, Runnable work) {
    if (!closed) {
      thread(name, work).start();
    }
  }

  /**
   * Does something and waits for its end, but not longer than allowed. Whoever waits is not
   * interrupted.
   *
   * @param told is called before the thread of the work is interrupted
   * @throws StoodStillException if it takes longer; its thread has been interrupted then, and goes
   *     on as long as it likes
   * @throws RuntimeException whatever the work throws, and so for errors
   */
  void within(LongSupplier millis, String name, Runnable work, Consumer<StoodStillException> told) {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Thread thread = thread(name, task);
    thread.start();
    long allowed = millis.getAsLong();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(allowed);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          running.remove(thread);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      StoodStillException late =
          new StoodStillException("it was not done after " + allowed + " ms");
      told.accept(late);
      givenUp.add(thread);
      thread.interrupt();
      throw late;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Interrupts what runs. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Thread::interrupt);
    for (Thread thread : givenUp) {
      if (thread.isAlive()) {
        LOG.warn(
            "The thread {} was given up in a backend, and has not come back; the registry ends"
                + " without it",
            thread.getName());
      }
    }
  }

  private Thread thread(String name, Runnable work) {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } finally {
                running.remove(Thread.currentThread());
                givenUp.remove(Thread.currentThread());
              }
            },
            name,
            0,
            false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Background.class.getClassLoader());
    running.add(thread);
    return thread;
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}

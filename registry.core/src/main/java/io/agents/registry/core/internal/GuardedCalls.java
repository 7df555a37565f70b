package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls backends in a way that can be given up, and knows which of them have not come back. */
final class GuardedCalls {

  /*
   * Design
   *
   * A call that was given up may go on at any later time, and then clears the backend, so that nothing
   * of what it was given stays there. Until then that backend must not be used for anything: what it
   * would be given would be cleared with the rest. Whether the work has ended or was given up is
   * decided once, by whoever comes first.
   */

  private static final Logger LOG = LoggerFactory.getLogger(GuardedCalls.class);

  /** Does work that may be given up. */
  interface Runner {
    /**
     * Runs something.
     *
     * @param givenUp is told that it is no longer waited for, before its thread is interrupted
     */
    void run(String name, Runnable work, Consumer<StoodStillException> givenUp);
  }

  /** Waits as long as it takes. */
  static final Runner PATIENT = (name, work, givenUp) -> work.run();

  private enum Course {
    RUNNING,
    ENDED,
    GIVEN_UP
  }

  private final Runner runner;

  /** Backends are compared by identity: none of ours, nor a component, is equal to another one. */
  private final Set<RegistryBackend> hanging = ConcurrentHashMap.newKeySet();

  GuardedCalls(Runner runner) {
    this.runner = runner;
  }

  /** Whether a call of this backend was given up and has not come back. */
  boolean isHanging(RegistryBackend backend) {
    return hanging.contains(backend);
  }

  /**
   * Does something with a backend.
   *
   * @param givenUp is told if it is no longer waited for
   * @throws StoodStillException if it is given up
   * @throws RuntimeException whatever the work throws, and so for errors
   */
  void run(NamedBackend one, String what, Runnable work, Consumer<StoodStillException> givenUp) {
    AtomicReference<Course> course = new AtomicReference<>(Course.RUNNING);
    runner.run(
        "registry-" + what + "-" + one.name(),
        () -> {
          try {
            work.run();
          } finally {
            if (!course.compareAndSet(Course.RUNNING, Course.ENDED)) {
              LOG.info("{} has come back after it was given up, and is cleared", one.name());
              clear(one);
              hanging.remove(one.backend());
            }
          }
        },
        late -> {
          hanging.add(one.backend());
          if (!course.compareAndSet(Course.RUNNING, Course.GIVEN_UP)) {
            hanging.remove(one.backend());
          }
          givenUp.accept(late);
        });
  }

  /** Leaves a backend, and waits for that as long as for anything. Never throws. */
  void leave(NamedBackend one) {
    if (!isHanging(one.backend())) {
      quietly("leaving " + one.name(), () -> run(one, "leaving", () -> clear(one), late -> {}));
    }
  }

  /** For what must not keep others from their end. */
  static void quietly(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("The hand-over goes on, but {} failed: {}", what, e.toString());
    }
  }

  private static void clear(NamedBackend one) {
    quietly("leaving " + one.name(), () -> one.backend().setOwnerGoneHandler(null));
    quietly("clearing " + one.name(), one.backend()::clear);
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a rollback to the registry and to the configurations, whatever else hangs. */
final class Retreat {

  /*
   * Design
   *
   * A call that hangs in ConfigurationAdmin may hold the lock of the flags' writes, the thread of the selector's decisions,
   * or both. So this takes no lock of theirs, and does each of its three steps on a thread of its own: the exchange of the
   * registry's backend for its mirror, which moves the calls away at once, if there is one; the registry's configuration,
   * which does so where there is none; and the flags, which make it last. Each lets the one before it go ahead for a moment:
   * they would be in each other's way. What could not be written is tried again every second until the flags say off, by
   * whomever, or the bundle stops.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Retreat.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration HEADWAY = Duration.ofMillis(200);

  /** Something that writes a configuration. */
  interface Write {
    void run() throws Exception;
  }

  private final PidConfiguration flags;
  private final Write exchange;
  private final Write registry;
  private final Stages stages;
  private final Runnable read;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * Makes it.
   *
   * @param flags the configuration of the flags
   * @param exchange has the registry exchange its backend for its mirror
   * @param registry writes the registry's configuration as the stage asks for
   * @param read has the flags read again
   */
  Retreat(PidConfiguration flags, Write exchange, Write registry, Stages stages, Runnable read) {
    this.flags = flags;
    this.exchange = exchange;
    this.registry = registry;
    this.stages = stages;
    this.read = read;
  }

  /** Begins to write. The stage has to be off already. */
  Begun begin() {
    CountDownLatch done = new CountDownLatch(3);
    CountDownLatch exchanged = new CountDownLatch(1);
    CountDownLatch pointed = new CountDownLatch(1);
    start("backend", inTurn(new CountDownLatch(0), exchange, exchanged), done);
    start("registry", inTurn(exchanged, registry, pointed), done);
    start("flags", inTurn(pointed, this::writeFlags, new CountDownLatch(1)), done);
    return new Begun(done);
  }

  private static Write inTurn(CountDownLatch before, Write write, CountDownLatch tried) {
    return () -> {
      if (!before.await(HEADWAY.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("The step before does not end; the rollback goes on");
      }
      try {
        write.run();
      } finally {
        tried.countDown();
      }
    };
  }

  /** Steps that are under way. */
  record Begun(CountDownLatch done) {

    /** Waits until all are done, or for a time that a person waits for. */
    boolean await() {
      try {
        return done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private void start(String what, Write write, CountDownLatch done) {
    Thread thread =
        new Thread(
            () -> {
              try {
                repeat(what, write, done);
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            "agent registry rollback of " + what);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void repeat(String what, Write write, CountDownLatch done) {
    boolean told = false;
    while (true) {
      try {
        write.run();
        done.countDown();
        return;
      } catch (Exception e) {
        if (!told) {
          LOG.warn("The rollback can't be brought to the {} yet", what, e);
          told = true;
        }
      }
      if (!stages.state().retreating() || isClosedWithin(PAUSE)) {
        return;
      }
    }
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void writeFlags() throws Exception {
    flags.edit(values -> stages.state().retreating() && turnOff(values));
    read.run();
  }

  private static boolean turnOff(Map<String, Object> values) {
    // Removed first, so that the key is written as it should be if it stood there in other case.
    values.remove(FeatureFlags.USE_ETS);
    values.put(FeatureFlags.USE_ETS, FlagValue.OFF.toString());
    values.remove(Rollout.SHADOW);
    values.remove(Rollout.RETIRE_LEGACY);
    values.remove(Rollout.ENFORCE);
    return true;
  }

  /** Tries no more. */
  void close() {
    closed.countDown();
    threads.forEach(Thread::interrupt);
  }
}

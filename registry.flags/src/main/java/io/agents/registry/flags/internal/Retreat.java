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

/** Writes a rollback to the configurations, whatever else hangs. */
final class Retreat {

  /*
   * Design
   *
   * A call that hangs in ConfigurationAdmin may hold the lock of the flags' writes, the thread of the selector's decisions,
   * or both. So this takes no lock of theirs, and does each of its two writes on a thread of its own: first of all the
   * registry's configuration, which is what moves the calls away; and the flags, which is what makes it last. What could not
   * be written is tried again every second until the flags say off, by whomever, or the bundle stops.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Retreat.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Something that writes a configuration. */
  interface Write {
    void run() throws Exception;
  }

  private final PidConfiguration flags;
  private final Write registry;
  private final Stages stages;
  private final Runnable read;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * Makes it.
   *
   * @param flags the configuration of the flags
   * @param registry writes the registry's configuration as the stage asks for
   * @param read has the flags read again
   */
  Retreat(PidConfiguration flags, Write registry, Stages stages, Runnable read) {
    this.flags = flags;
    this.registry = registry;
    this.stages = stages;
    this.read = read;
  }

  /** Begins to write. The stage has to be off already. */
  Begun begin() {
    CountDownLatch done = new CountDownLatch(2);
    start("registry", registry, done);
    start("flags", this::writeFlags, done);
    return new Begun(done);
  }

  /** Writes that are under way. */
  record Begun(CountDownLatch done) {

    /** Waits until both are done, or for a time that a person waits for. */
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
          LOG.warn("The rollback can't be written to the configuration of the {} yet", what, e);
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

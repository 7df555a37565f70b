package io.agents.registry.core.internal;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Makes writes of the same id wait for each other, and all of them for the instants of a swap. */
final class WriteLocks {

  /*
   * Design
   *
   * A fixed number of locks; the hash of an id chooses one. A write holds the lock of its id from its
   * first look at the route to the moment its events stand in the queues, so that the backend, the
   * mirror and every listener see the writes of one id in the same order.
   *
   * Whoever needs several locks takes them in ascending order (registerAll: those it needs; the swap
   * and a joining listener: all of them), so that nobody waits in a circle. A thread that holds one of
   * these locks calls nothing but backends, and takes no lock but those inside a backend and the short
   * ones of the listeners' mailboxes.
   *
   * The time is taken only by a writer that finds its lock taken.
   */

  private static final int STRIPES = 256;

  /** 2 to the power of 32, divided by it; odd. */
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  private final ReentrantLock[] stripes;
  private final LongAccumulator longestWaitNanos = new LongAccumulator(Math::max, 0);

  WriteLocks() {
    this(STRIPES);
  }

  /** With so many locks: a power of two. */
  WriteLocks(int number) {
    stripes = new ReentrantLock[number];
    for (int i = 0; i < number; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /** Takes the lock of an id. The caller unlocks it. */
  ReentrantLock lock(String id) {
    ReentrantLock lock = stripes[stripeOf(id)];
    note(take(lock));
    return lock;
  }

  /** How many locks there are. */
  int stripes() {
    return stripes.length;
  }

  /** One of the locks, which is not taken yet. For whoever is no writer. */
  ReentrantLock stripe(int number) {
    return stripes[number];
  }

  /** Lets every write of this id that is under way come to its end. */
  void pass(String id) {
    pass(stripeOf(id));
  }

  /** Lets every write of this stripe that is under way come to its end. */
  void pass(int stripe) {
    ReentrantLock lock = stripes[stripe];
    lock.lock();
    try {
      // Nothing is to be done: whoever held it is done.
    } finally {
      lock.unlock();
    }
  }

  /** Runs something that no write of these ids goes along with. */
  <T> T locked(Collection<String> ids, Supplier<T> action) {
    int[] needed = ids.stream().mapToInt(this::stripeOf).sorted().distinct().toArray();
    int held = 0;
    long waited = 0;
    try {
      for (; held < needed.length; held++) {
        waited += take(stripes[needed[held]]);
      }
      note(waited);
      return action.get();
    } finally {
      while (held > 0) {
        stripes[needed[--held]].unlock();
      }
    }
  }

  /** Runs something that no write at all goes along with. Has to be short. */
  <T> T exclusively(Supplier<T> action) {
    int held = 0;
    try {
      for (; held < stripes.length; held++) {
        stripes[held].lock();
      }
      return action.get();
    } finally {
      while (held > 0) {
        stripes[--held].unlock();
      }
    }
  }

  /**
   * Runs something that no write at all goes along with, unless a writer does not get to its end.
   *
   * @return whether it was run
   */
  boolean exclusivelyWithin(long millis, Runnable action) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int held = 0;
    try {
      for (; held < stripes.length; held++) {
        if (!takeUntil(stripes[held], end)) {
          return false;
        }
      }
      action.run();
      return true;
    } finally {
      while (held > 0) {
        stripes[--held].unlock();
      }
    }
  }

  /** Whether the calling thread holds the lock of an id. */
  boolean isHeld(String id) {
    return stripes[stripeOf(id)].isHeldByCurrentThread();
  }

  /** Begins to look for the longest wait. */
  void resetLongestWait() {
    longestWaitNanos.reset();
  }

  /** The longest time that one lock was waited for since the reset, in nanoseconds. */
  long longestWaitNanos() {
    return longestWaitNanos.get();
  }

  /** Takes a lock and tells how long that took, in nanoseconds; 0 if it was free. */
  private static long take(ReentrantLock lock) {
    if (lock.tryLock()) {
      return 0;
    }
    long start = System.nanoTime();
    lock.lock();
    return System.nanoTime() - start;
  }

  /** Whether the lock was taken in time; whoever waits is not interrupted. */
  private static boolean takeUntil(ReentrantLock lock, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void note(long waited) {
    if (waited > 0) {
      longestWaitNanos.accumulate(waited);
    }
  }

  /** Which lock an id has, from 0. */
  int stripeOf(String id) {
    return spread(id) & (stripes.length - 1);
  }

  /**
   * A number of which the low bits tell ids apart, also such as differ in a number at their end:
   * those of the hash code of a string do that badly. Fibonacci hashing; Knuth, The Art of Computer
   * Programming, volume 3, 6.4.
   */
  static int spread(String id) {
    int hash = id.hashCode();
    hash = (hash ^ (hash >>> 16)) * GOLDEN_RATIO;
    return hash ^ (hash >>> 15);
  }
}

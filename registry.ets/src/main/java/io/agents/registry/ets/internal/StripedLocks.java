package io.agents.registry.ets.internal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock for each id, shared by ids that have the same stripe. A thread holds one stripe, or all.
 */
final class StripedLocks {

  /** A power of two. */
  private static final int STRIPES = 256;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  StripedLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /** Works while nobody else works under the lock of this id, or of all. */
  <T> T locked(String id, Supplier<T> work) {
    int hash = id.hashCode();
    ReentrantLock stripe = stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    stripe.lock();
    try {
      return work.get();
    } finally {
      stripe.unlock();
    }
  }

  /** Works while nobody else works under any lock. Stripes are taken in ascending order. */
  void allLocked(Runnable work) {
    int held = 0;
    try {
      for (ReentrantLock stripe : stripes) {
        stripe.lock();
        held++;
      }
      work.run();
    } finally {
      while (held > 0) {
        stripes[--held].unlock();
      }
    }
  }
}

package io.agents.registry.ets.internal;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each stripe of the ids. A thread holds one of them, or all. */
final class StripedLocks {

  private final Lock[] stripes = new Lock[IdTable.STRIPES];

  StripedLocks() {
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  Lock ofStripe(int stripe) {
    return stripes[stripe];
  }

  /** Works while nobody else works under any lock. Stripes are taken in ascending order. */
  void allLocked(Runnable work) {
    int held = 0;
    try {
      for (Lock stripe : stripes) {
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

package io.agents.registry.flags.internal;

import java.util.concurrent.TimeUnit;

/** Wakes threads that wait for news. */
final class Signal {

  /** Guarded by this object's lock. */
  private long given;

  synchronized void give() {
    given++;
    notifyAll();
  }

  /** How often it was given so far; to be asked before looking at what the news are about. */
  synchronized long given() {
    return given;
  }

  /** Waits until it was given more often than {@code seen}, or the time is over. */
  synchronized void await(long seen, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (long left = nanos; given == seen && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}

package io.agents.registry.core.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/** When ids were last written, for whoever asks whether one was written since. */
final class WriteTimes {

  /*
   * Design
   *
   * A fixed number of times; the hash of an id chooses one, so that ids which share one are taken for
   * written together. That makes an answer "not since" certain, and "since" a guess on the safe side.
   * A time is noted under the write lock of the id when the write is done on both sides. So whoever
   * holds that lock for a moment, and then finds a time before his own, knows that no write of the id
   * was under way at any moment in between.
   */

  private static final int SLOTS = 4_096;

  /** 0 for those that were not written since this was made. */
  private final AtomicLongArray times = new AtomicLongArray(SLOTS);

  /** Of what was before this is known nothing. */
  private final long madeAt = System.nanoTime();

  /** Notes a write. Called with the write lock of the id held. */
  void note(String id) {
    times.setRelease(slotOf(id), System.nanoTime());
  }

  /** Whether the id may have been written since. */
  boolean isWrittenSince(String id, long nanos) {
    return isSince(slotOf(id), nanos);
  }

  /** Whether any id was written since. */
  boolean isAnyWrittenSince(long nanos) {
    for (int i = 0; i < SLOTS; i++) {
      if (isSince(i, nanos)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSince(int slot, long nanos) {
    long time = times.getAcquire(slot);
    return (time == 0 ? madeAt : time) - nanos >= 0;
  }

  private static int slotOf(String id) {
    return WriteLocks.spread(id) & (SLOTS - 1);
  }
}

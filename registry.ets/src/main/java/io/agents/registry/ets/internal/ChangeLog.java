package io.agents.registry.ets.internal;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Tells a reader which slots have changed while it was reading, so that what it read of all others
 * is as good as if nobody had written. Any number of threads may use it.
 */
final class ChangeLog {

  /*
   * Design
   *
   * A lock that readers do not take, as in a sequence lock, but one that names what has changed.
   *
   * A writer (1) notes its slot as being under way, (2) takes the next number and writes the slot
   * there, (3) changes whatever it likes, in any order, (4) takes the note away. A reader (a) looks at
   * the number, (b) collects the slots that are under way, (c) reads what it likes, (d) looks at the
   * number again.
   *
   * A slot that was neither under way at (b) nor numbered between (a) and (d) has not been changed
   * from (b) to (d): a writer that took its number before (a) had made its note by then, and is seen
   * at (b) unless it had ended, in which case all that it changed is seen, too. One that took it
   * later, and of which anything was seen at (c), has its number written by (d). The fences are there
   * for the last sentence.
   *
   * The numbers go round in a ring. A reader that takes so long that the ring was overwritten is told
   * so.
   */

  static final int RING = 1 << 13;

  /** By stripe: the slot plus one, or 0. */
  private final AtomicIntegerArray underWay = new AtomicIntegerArray(IdTable.STRIPES);

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  /** The number plus one, cut to 32 bits, above the slot. */
  private final AtomicLongArray ring = new AtomicLongArray(RING);

  private final int[] none = new int[0];

  /** Never 0 in the first round: an element that was not written yet is none of its numbers. */
  private static long cell(long number, int slot) {
    return (number + 1) << 32 | slot;
  }

  /** Cut to 32 bits. */
  private static int number(long cell) {
    return (int) (cell >> 32) - 1;
  }

  /** To be called with the lock of the slot, before anything of it is changed. */
  void begin(int slot) {
    underWay.setRelease(SlotTable.stripe(slot), slot + 1);
    long number = begun.getAndIncrement();
    ring.setRelease((int) number & (RING - 1), cell(number, slot));
    VarHandle.releaseFence();
  }

  /** To be called with the lock of the slot, when all of it has been changed. */
  void end(int slot) {
    underWay.setRelease(SlotTable.stripe(slot), 0);
    ended.getAndIncrement();
  }

  /** What a reader has to remember. */
  static final class Mark {
    private final long number;
    private final int[] slots;

    private Mark(long number, int[] slots) {
      this.number = number;
      this.slots = slots;
    }
  }

  /** To be called before reading. */
  Mark mark() {
    // In this order: if all that had begun by now had ended a moment ago, nothing is under way.
    long before = ended.get();
    long number = begun.get();
    return new Mark(number, before == number ? none : slotsUnderWay());
  }

  private int[] slotsUnderWay() {
    int[] slots = new int[IdTable.STRIPES];
    int count = 0;
    for (int stripe = 0; stripe < IdTable.STRIPES; stripe++) {
      int noted = underWay.get(stripe);
      if (noted != 0) {
        slots[count++] = noted - 1;
      }
    }
    return count == 0 ? none : Arrays.copyOf(slots, count);
  }

  /**
   * The slots that may have changed since the mark, in their order and each once; null if nobody
   * knows any more. To be called after reading.
   */
  int @Nullable [] changedSince(Mark mark) {
    VarHandle.acquireFence();
    long number = begun.get();
    if (number == mark.number) {
      return mark.slots.length < 2 ? mark.slots : distinct(mark.slots, mark.slots.length);
    }
    if (number - mark.number > RING) {
      return null;
    }
    int count = mark.slots.length;
    int[] changed = Arrays.copyOf(mark.slots, count + (int) (number - mark.number));
    for (long at = mark.number; at < number; at++) {
      long cell = ring.getAcquire((int) at & (RING - 1));
      int written = number(cell);
      if (written == (int) at) {
        changed[count++] = (int) cell;
      } else if (written - (int) at > 0) {
        return null;
      }
      // Else its writer has not written the number yet, and so has not begun to change anything.
    }
    return distinct(changed, count);
  }

  private static int[] distinct(int[] slots, int count) {
    int[] sorted = Arrays.copyOf(slots, count);
    Arrays.sort(sorted);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }
}

package io.agents.registry.core.internal;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which calls along one route are measured, and which are compared with the mirror. */
final class Watch {

  /*
   * Design
   *
   * A lookup asks one question: is it one of those that are looked at? The answer is a random number
   * of the calling thread, so no two threads share anything, and no pattern of calls escapes or
   * meets it. The high bits decide whether the call is compared, the low bits whether it is measured.
   * While the comparer has no room nothing is compared, and the calls cost what they cost without it.
   */

  /** One lookup in so many is measured, less 1: all bits below a power of two. */
  private static final int MEASURED_LOOKUPS = (1 << 8) - 1;

  private static final int NEVER = -1;

  /** No number is below it. */
  private static final int NOTHING = Integer.MIN_VALUE;

  private static final int HUNDRED_PERCENT = 10_000;

  private final @Nullable Recorder recorder;
  private final @Nullable Comparer comparer;
  private final int measured;
  private final int share;

  /** The share, or nothing. Written by readers and by the thread of the comparer. */
  private volatile int comparedBelow;

  /**
   * Watches.
   *
   * @param recorder measures; null if nothing is measured
   * @param comparer compares; null if nothing is compared
   * @param basisPoints how many reads of 10,000 are compared
   */
  Watch(@Nullable Recorder recorder, @Nullable Comparer comparer, int basisPoints) {
    this.recorder = recorder;
    this.comparer = comparer;
    this.measured = recorder == null ? NEVER : MEASURED_LOOKUPS;
    this.share =
        comparer == null
            ? NOTHING
            : (int)
                Math.min(
                    Integer.MAX_VALUE,
                    NOTHING + (1L << Integer.SIZE) * basisPoints / HUNDRED_PERCENT);
    this.comparedBelow = share;
  }

  /** Nothing is compared until it is opened. */
  void close() {
    comparedBelow = NOTHING;
  }

  /** Its share is compared, as at the beginning. */
  void open() {
    comparedBelow = share;
  }

  boolean isClosed() {
    return comparedBelow != share;
  }

  /** A random number that says what becomes of a call. */
  int draw() {
    return ThreadLocalRandom.current().nextInt();
  }

  /** Whether a lookup with this number is looked at. */
  boolean isLookedAt(int drawn) {
    return drawn < comparedBelow || (drawn & measured) == 0;
  }

  /** What measures a lookup with this number; null if it is not measured. */
  @Nullable Recorder ofLookup(int drawn) {
    return (drawn & measured) == 0 ? recorder : null;
  }

  /** What measures all other calls, which it counts itself; null if nothing is measured. */
  @Nullable Recorder recorder() {
    return recorder;
  }

  /** What compares a read with this number; null if it is not compared. */
  @Nullable Comparer comparing(int drawn) {
    return drawn < comparedBelow ? comparer : null;
  }

  /** How many lookups one that is measured stands for. */
  static int lookupsPerMeasured() {
    return MEASURED_LOOKUPS + 1;
  }
}

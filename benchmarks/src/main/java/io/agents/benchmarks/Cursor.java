package io.agents.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Goes round through what there is; threads begin in different places. */
@State(Scope.Thread)
public class Cursor {

  private static final int DISTANCE = 4_999;

  private int at;
  private boolean oddRound;

  /**
   * Puts the cursor where this thread begins.
   *
   * @param threads tells which thread this is
   */
  @Setup
  public void begin(ThreadParams threads) {
    startAt(threads.getThreadIndex() * DISTANCE);
  }

  void startAt(int start) {
    at = start;
  }

  /** The next index below {@code bound}. */
  int next(int bound) {
    if (++at >= bound) {
      at = 0;
      oddRound = !oddRound;
    }
    return at;
  }

  /** Whether the round is the second, fourth, and so on. */
  boolean isOddRound() {
    return oddRound;
  }
}

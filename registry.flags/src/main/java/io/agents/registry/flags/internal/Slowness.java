package io.agents.registry.flags.internal;

import io.agents.registry.api.Latencies;

/**
 * How many of the measured calls took longer than they may.
 *
 * @param measured how many were measured
 * @param slow how many of them were over the limit
 */
record Slowness(long measured, long slow) {

  static final Slowness NONE = new Slowness(0, 0);

  /** As many may be slow: that is what a 99th percentile says. */
  private static final double ALLOWED = 0.01;

  /** The logarithm of 100,000: one in so many may look like more than allowed, and not be. */
  private static final double CERTAINTY = Math.log(100_000);

  static Slowness of(Latencies latencies, long limitNanos) {
    return new Slowness(latencies.count(), latencies.countAbove(limitNanos));
  }

  Slowness plus(Slowness other) {
    return new Slowness(measured + other.measured, slow + other.slow);
  }

  /**
   * Whether more are slow than allowed, and not by chance. By the bound of Chernoff: the chance to
   * find a share of q or more among n, where p is the true one, is at most exp(-n D(q, p)), with
   * the relative entropy D.
   */
  boolean isTooMuch() {
    double share = measured == 0 ? 0 : (double) slow / measured;
    return share > ALLOWED
        && measured * (part(share, ALLOWED) + part(1 - share, 1 - ALLOWED)) > CERTAINTY;
  }

  private static double part(double share, double expected) {
    return share == 0 ? 0 : share * Math.log(share / expected);
  }

  @Override
  public String toString() {
    return slow + " of " + measured + " measured calls over the limit";
  }
}

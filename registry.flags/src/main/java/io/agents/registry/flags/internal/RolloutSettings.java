package io.agents.registry.flags.internal;

/**
 * The settings of the rollout in force.
 *
 * @param comparisonHundredths the share of reads that are compared, in hundredths of a percent
 * @param stepHundredths the share of nodes that partial begins with, in hundredths of a percent
 * @param soakMinutes how long full is to be kept before done
 * @param windowSeconds the window of errors and latencies
 * @param errorHundredths errors over this share of calls are a breach, in hundredths of a percent
 * @param errorMinCalls the least calls in the window to judge errors by
 * @param latencyFactor a 99th percentile over this many times the baseline is a breach
 * @param latencyFloorMicros but only over this time
 * @param latencyMinCalls the least calls of an operation in the window to judge its latency by
 * @param mismatches this many unexplained differences are a breach
 * @param mismatchMinCompared the least comparisons to judge differences by
 * @param failedSwaps this many abandoned exchanges within a minute are a breach
 * @param readyComparisons the last comparisons that have to be without a difference
 * @param readyCalls the least calls to have seen
 * @param quietMinutes how long after a rollback the next stage is not ready
 */
record RolloutSettings(
    int comparisonHundredths,
    int stepHundredths,
    int soakMinutes,
    int windowSeconds,
    int errorHundredths,
    int errorMinCalls,
    double latencyFactor,
    int latencyFloorMicros,
    int latencyMinCalls,
    int mismatches,
    int mismatchMinCompared,
    int failedSwaps,
    int readyComparisons,
    int readyCalls,
    int quietMinutes) {

  static final RolloutSettings DEFAULT =
      new RolloutSettings(
          100, 1_000, 24 * 60, 10, 500, 100, 2.0, 1_000, 50, 1, 1, 3, 1_000, 1_000, 60);
}

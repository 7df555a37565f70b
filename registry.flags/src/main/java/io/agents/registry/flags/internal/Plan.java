package io.agents.registry.flags.internal;

import io.agents.registry.flags.RolloutStage;

/**
 * What the registry is to do on this node.
 *
 * @param serving the implementation that is to serve
 * @param mirror the implementation that is to be kept in step; empty text for none
 * @param comparisonHundredths the share of reads to compare, in hundredths of a percent; 0 without
 *     a mirror
 * @param measured whether calls are to be measured
 */
record Plan(String serving, String mirror, int comparisonHundredths, boolean measured) {

  /** The plan of a stage. */
  static Plan of(RolloutStage stage, String node, int comparisonHundredths, boolean monitored) {
    String serving = Choice.wanted(stage.servesEts(node));
    return new Plan(
        serving,
        stage.keepsInStep() ? Choice.other(serving) : "",
        stage.keepsInStep() ? comparisonHundredths : 0,
        monitored);
  }
}

package io.agents.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast one implementation is beside another.
 *
 * @param measured the figure of the one
 * @param reference the figure of the other, for the same operation, agents and threads
 */
record Ratio(Measurement measured, Measurement reference) {

  /** How many times as many operations a second. */
  double value() {
    return measured.perSecond() / reference.perSecond();
  }

  /**
   * Compares everything with one implementation.
   *
   * @param to the implementation
   * @return a ratio for each figure of another implementation that can be compared, in their order
   */
  static List<Ratio> allTo(Implementation to, List<Measurement> measurements) {
    List<Ratio> ratios = new ArrayList<>();
    for (Measurement measured : measurements) {
      measurements.stream()
          .filter(other -> other.implementation() == to && measured.isComparableWith(other))
          .filter(other -> measured.implementation() != to)
          .map(reference -> new Ratio(measured, reference))
          .forEach(ratios::add);
    }
    return ratios;
  }
}

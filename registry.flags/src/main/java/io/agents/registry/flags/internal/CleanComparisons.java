package io.agents.registry.flags.internal;

import io.agents.registry.api.ComparisonReport;

/** Counts the comparisons since the last unexplained difference. */
final class CleanComparisons {

  // Guarded by this object's lock.
  private long differences;
  private long comparedThen;

  /**
   * Takes a report.
   *
   * @return how many comparisons came after the last difference; differences that came since the
   *     last report count as if they were the newest
   */
  synchronized long observe(ComparisonReport report) {
    if (report.unexplained() != differences || report.compared() < comparedThen) {
      // Lower figures are those of a registry that was started anew.
      boolean anew = report.unexplained() < differences || report.compared() < comparedThen;
      differences = report.unexplained();
      comparedThen = anew && differences == 0 ? 0 : report.compared();
    }
    return report.compared() - comparedThen;
  }
}

package io.agents.benchmarks;

import static java.util.Map.entry;

import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One figure of JMH.
 *
 * @param operation what was done, in words
 * @param agents how many agents there were
 * @param threads how many threads did it
 * @param implementation what did it
 * @param perSecond operations a second, of all threads together
 * @param error half the width of the interval of 99.9 percent confidence, in operations a second;
 *     NaN if there were too few iterations to tell
 * @param bytes allocated for one operation; NaN if not measured
 */
record Measurement(
    String operation,
    int agents,
    int threads,
    Implementation implementation,
    double perSecond,
    double error,
    double bytes) {

  static final String LOOKUP = "lookup";
  static final String RE_REGISTER = "unregister + register";
  static final String FIND_FIFTIETH = "find, N/50 matches";
  static final String FIND_HUNDRED = "find, 100 matches";
  static final String QUERY_OF_TWO = "query of two, N/500";
  static final String CLEAN_UP = "clean-up, owner of 1,000";
  static final String STOP_BUNDLE = "stop of a bundle with all";

  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          entry("lookup", LOOKUP),
          entry("lookupByTwo", LOOKUP),
          entry("lookupByFour", LOOKUP),
          entry("reRegister", RE_REGISTER),
          entry("update", "update of metadata"),
          entry("findFiftieth", FIND_FIFTIETH),
          entry("findHundred", FIND_HUNDRED),
          entry("queryOfTwo", QUERY_OF_TWO),
          entry("queryOfTwoWide", "query of two, N/30"),
          entry("queryOfTwoNarrow", "query of two, 10"),
          entry("countOfTwo", "count of two, N/500"),
          entry("range", "range, N/500 to N/50"),
          entry("list", "list all"),
          entry("load", "load all"),
          entry("cleanUpThousand", CLEAN_UP),
          entry("cleanUpTenThousand", "clean-up, owner of 10,000"),
          entry("stopBundle", STOP_BUNDLE));

  /** Reads what JMH has measured. */
  static Measurement of(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    Result<?> score = run.getPrimaryResult();
    Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
    // A single shot is measured in seconds, everything else in operations a second.
    boolean inverse = run.getParams().getMode() == Mode.SingleShotTime;
    double perSecond = inverse ? 1 / score.getScore() : score.getScore();
    double error = score.getScoreError() / score.getScore() * perSecond;
    return new Measurement(
        words(benchmark.substring(benchmark.lastIndexOf('.') + 1)),
        Integer.parseInt(run.getParams().getParam("agents")),
        run.getParams().getThreads(),
        Implementation.valueOf(run.getParams().getParam("implementation")),
        perSecond,
        error,
        bytes == null ? Double.NaN : bytes.getScore());
  }

  /**
   * The words for a benchmark.
   *
   * @throws IllegalArgumentException if there are none
   */
  static String words(String method) {
    String words = OPERATIONS.get(method);
    if (words == null) {
      throw new IllegalArgumentException("there is no benchmark " + method);
    }
    return words;
  }

  /** Whether both measured the same, perhaps of different implementations. */
  boolean isComparableWith(Measurement other) {
    return operation.equals(other.operation) && agents == other.agents && threads == other.threads;
  }
}

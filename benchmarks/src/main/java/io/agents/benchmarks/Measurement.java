package io.agents.benchmarks;

import java.util.Map;
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

  private static final Map<String, String> OPERATIONS =
      Map.of(
          "lookup", "lookup",
          "lookupByTwo", "lookup",
          "reRegister", "unregister + register",
          "update", "update of metadata",
          "findFiftieth", "find, N/50 matches",
          "findHundred", "find, 100 matches",
          "queryOfTwo", "query of two, N/500",
          "countOfTwo", "count of two, N/500");

  /** Reads what JMH has measured. */
  static Measurement of(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    Result<?> score = run.getPrimaryResult();
    Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
    return new Measurement(
        words(benchmark.substring(benchmark.lastIndexOf('.') + 1)),
        Integer.parseInt(run.getParams().getParam("agents")),
        run.getParams().getThreads(),
        Implementation.valueOf(run.getParams().getParam("implementation")),
        score.getScore(),
        score.getScoreError(),
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

package io.agents.benchmarks;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * One figure of JMH.
 *
 * @param operation what was done, in words
 * @param agents how many agents there were
 * @param threads how many threads did it
 * @param implementation what did it
 * @param perSecond operations a second, of all threads together: the median of all iterations in
 *     all virtual machines, so that one collection or one preemption does not count
 * @param error half the width of the interval of 99.9 percent confidence of the mean, in operations
 *     a second; NaN if there were too few iterations to tell
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
  static final String QUERY_OF_TWO_WIDE = "query of two, N/190";
  static final String QUERY_OF_TWO = "query of two, N/500";
  static final String QUERY_OF_TWO_NARROW = "query of two, 10";
  static final String CLEAN_UP = "clean-up, owner of 1,000";
  static final String CLEAN_UP_LARGE = "clean-up, owner of 10,000";
  static final String STOP_BUNDLE = "stop of a bundle with all";
  private static final String LOAD = "load all";

  private static final Set<String> SINGLE_SHOTS =
      Set.of(CLEAN_UP, CLEAN_UP_LARGE, STOP_BUNDLE, LOAD);

  private static final double MEDIAN = 50;
  private static final double CONFIDENCE = 0.999;

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
          entry("queryOfTwoWide", QUERY_OF_TWO_WIDE),
          entry("queryOfTwoNarrow", QUERY_OF_TWO_NARROW),
          entry("queryOfOneIndex", "query of two, one indexed, N/30"),
          entry("countOfTwo", "count of two, N/500"),
          entry("range", "range, N/500 to N/50"),
          entry("findFive", "find 5 of N/10 in order"),
          entry("existsOfTwo", "exists, of two, N/500"),
          entry("queryOfText", "query of two as text, 10"),
          entry("list", "list all"),
          entry("load", LOAD),
          entry("cleanUpThousand", CLEAN_UP),
          entry("cleanUpTenThousand", CLEAN_UP_LARGE),
          entry("stopBundle", STOP_BUNDLE));

  /** Reads what JMH has measured: a figure for all runs of the same, in the order of the first. */
  static List<Measurement> of(Collection<RunResult> runs) {
    return runs.stream()
        .collect(Collectors.groupingBy(Measurement::parameters, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(Measurement::ofSame)
        .toList();
  }

  private static List<Object> parameters(RunResult run) {
    BenchmarkParams params = run.getParams();
    return List.of(
        params.getBenchmark(), params.getParam("agents"), params.getParam("implementation"));
  }

  private static Measurement ofSame(List<RunResult> runs) {
    BenchmarkParams params = runs.get(0).getParams();
    // A single shot is measured in seconds, everything else in operations a second.
    boolean inverse = params.getMode() == Mode.SingleShotTime;
    ListStatistics iterations = new ListStatistics();
    ListStatistics bytes = new ListStatistics();
    for (RunResult run : runs) {
      values(run.getPrimaryResult()).forEach(v -> iterations.addValue(inverse ? 1 / v : v));
      Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
      if (allocated != null) {
        bytes.addValue(allocated.getScore());
      }
    }
    String benchmark = params.getBenchmark();
    return new Measurement(
        words(benchmark.substring(benchmark.lastIndexOf('.') + 1)),
        Integer.parseInt(params.getParam("agents")),
        params.getThreads(),
        Implementation.valueOf(params.getParam("implementation")),
        iterations.getPercentile(MEDIAN),
        iterations.getMeanErrorAt(CONFIDENCE),
        bytes.getN() == 0 ? Double.NaN : bytes.getPercentile(MEDIAN));
  }

  private static List<Double> values(Result<?> result) {
    List<Double> values = new ArrayList<>();
    Iterator<Map.Entry<Double, Long>> raw = result.getStatistics().getRawData();
    while (raw.hasNext()) {
      Map.Entry<Double, Long> value = raw.next();
      values.addAll(Collections.nCopies(Math.toIntExact(value.getValue()), value.getKey()));
    }
    return values;
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

  /** Whether a single operation was timed again and again, and not how many fit into a time. */
  boolean isOfSingleShots() {
    return SINGLE_SHOTS.contains(operation);
  }

  /** Whether both measured the same, perhaps of different implementations. */
  boolean isComparableWith(Measurement other) {
    return operation.equals(other.operation) && agents == other.agents && threads == other.threads;
  }
}

package io.agents.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The figures of {@link FlagBenchmark}. */
final class FlagFigures {

  private static final String PARAMETER = "library";

  private static final Map<String, String> OPERATIONS =
      Map.of("flagOn", "a flag that is on", "flagShare", "a flag that is on for 25%");

  private FlagFigures() {}

  /** Whether JMH has measured flags there. */
  static boolean isOne(RunResult run) {
    return run.getParams().getBenchmark().startsWith(FlagBenchmark.class.getName() + ".");
  }

  /** One figure, for people. */
  static String line(RunResult run) {
    return String.format(
        Locale.ROOT,
        "%-25s  %-15s  %,14.0f op/s",
        operation(run),
        library(run).title(),
        run.getPrimaryResult().getScore());
  }

  /** A row for each operation: nanoseconds and bytes allocated, by library. */
  static String table(Collection<RunResult> runs) {
    List<FlagLibrary> libraries = List.of(FlagLibrary.values());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("evaluation of"));
    libraries.forEach(one -> head.add(one.title() + ", ns"));
    libraries.forEach(one -> head.add(one.title() + ", bytes"));
    rows.add(head);
    Map<String, Map<FlagLibrary, RunResult>> byOperation = new TreeMap<>();
    runs.stream()
        .filter(FlagFigures::isOne)
        .forEach(
            run ->
                byOperation
                    .computeIfAbsent(operation(run), key -> new TreeMap<>())
                    .put(library(run), run));
    byOperation.forEach(
        (operation, of) -> {
          List<String> row = new ArrayList<>(List.of(operation));
          libraries.forEach(one -> row.add(nanos(of.get(one))));
          libraries.forEach(one -> row.add(bytes(of.get(one))));
          rows.add(row);
        });
    return MarkdownTable.of(rows);
  }

  private static String operation(RunResult run) {
    String benchmark = run.getParams().getBenchmark();
    String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    return OPERATIONS.getOrDefault(method, method);
  }

  private static FlagLibrary library(RunResult run) {
    return FlagLibrary.valueOf(run.getParams().getParam(PARAMETER));
  }

  private static String nanos(@Nullable RunResult run) {
    return run == null
        ? ""
        : String.format(Locale.ROOT, "%,.1f", 1e9 / run.getPrimaryResult().getScore());
  }

  private static String bytes(@Nullable RunResult run) {
    Result<?> bytes = run == null ? null : run.getSecondaryResults().get("gc.alloc.rate.norm");
    return bytes == null ? "" : String.format(Locale.ROOT, "%,.0f", bytes.getScore());
  }
}

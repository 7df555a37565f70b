package io.agents.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Prints all figures for people, as Markdown. */
final class Report {

  private Report() {}

  static void print(
      List<Measurement> measurements,
      List<HotSwap.Result> swaps,
      Map<Integer, Map<Implementation, Double>> bytes,
      List<BudgetLine> budget,
      PrintStream out) {
    RatioTable table = new RatioTable(measurements);
    section(out, "The budget", Budget.table(budget));
    String legacy = table.ratiosTo(Implementation.LEGACY);
    section(out, "Multiples of `legacy`, by operations a second", legacy);
    String map = table.ratiosTo(Implementation.MAP);
    section(out, "Multiples of a bare `ConcurrentHashMap`, by operations a second", map);
    String engine = table.ratiosTo(Implementation.CQENGINE);
    section(out, "Multiples of CQEngine, by operations a second", engine);
    String unmeasured = table.ratiosTo(Implementation.REGISTRY_UNMEASURED);
    section(out, "What watching costs: multiples of calls that are not measured", unmeasured);
    section(
        out, "Milliseconds of what is done once (`map`: an idle tracker)", table.milliseconds());
    section(out, "Bytes allocated for one operation", table.bytes());
    section(out, "Bytes of heap for one agent, with the agent itself", bytes(bytes));
    section(out, "Calls of 2 readers and 1 writer around hot swaps, µs", latencies(swaps));
  }

  static void section(PrintStream out, String title, String table) {
    out.printf("%n### %s%n%n%s", title, table);
  }

  private static String bytes(Map<Integer, Map<Implementation, Double>> bytes) {
    List<Implementation> all = List.of(Implementation.values());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("agents"));
    all.forEach(one -> head.add(one.title()));
    rows.add(head);
    bytes.forEach(
        (agents, of) -> {
          List<String> row = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", agents)));
          all.forEach(
              one ->
                  row.add(
                      of.containsKey(one) ? String.format(Locale.ROOT, "%,.0f", of.get(one)) : ""));
          rows.add(row);
        });
    return MarkdownTable.of(rows);
  }

  private static String latencies(List<HotSwap.Result> swaps) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("calls", "agents", "number", "50%", "99%", "99.9%", "99.99%", "longest"));
    for (HotSwap.Result swap : swaps) {
      for (HotSwap.Phase phase : HotSwap.Phase.COUNTED) {
        String when = phase.name().toLowerCase(Locale.ROOT);
        rows.add(latencies("reads " + when, swap.agents(), swap.readsIn(phase)));
        rows.add(latencies("writes " + when, swap.agents(), swap.writesIn(phase)));
      }
    }
    return MarkdownTable.of(rows);
  }

  private static List<String> latencies(String calls, int agents, Histogram times) {
    return List.of(
        calls,
        String.format(Locale.ROOT, "%,d", agents),
        String.format(Locale.ROOT, "%,d", times.getTotalCount()),
        micros(times.getValueAtPercentile(50)),
        micros(times.getValueAtPercentile(99)),
        micros(times.getValueAtPercentile(99.9)),
        micros(times.getValueAtPercentile(99.99)),
        micros(times.getMaxValue()));
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%,.1f", nanos / 1e3);
  }
}

package io.agents.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Prints all figures for people. */
final class Report {

  private Report() {}

  static void print(
      List<Measurement> measurements,
      List<HotSwap.Result> swaps,
      Map<Integer, Map<Implementation, Double>> bytes,
      List<BudgetLine> budget,
      PrintStream out) {
    RatioTable table = new RatioTable(measurements);
    out.printf("%nMultiples of legacy, by operations a second%n%n");
    out.print(table.ratiosTo(Implementation.LEGACY));
    out.printf("%nMultiples of a bare ConcurrentHashMap, by operations a second%n%n");
    out.print(table.ratiosTo(Implementation.MAP));
    out.printf("%nMultiples of CQEngine, by operations a second%n%n");
    out.print(table.ratiosTo(Implementation.CQENGINE));
    out.printf("%nBytes allocated for one operation%n%n");
    out.print(table.bytes());
    out.printf("%nBytes of heap for one agent, with the agent itself%n%n");
    bytes.forEach((agents, of) -> out.printf(Locale.ROOT, "%,d agents: %s%n", agents, rounded(of)));
    out.printf("%nCalls of 2 readers and 1 writer around hot swaps, µs%n%n");
    swaps.forEach(swap -> out.print(latencies(swap)));
    out.printf("%nThe budget%n%n%s", Budget.table(budget));
  }

  private static Map<String, Long> rounded(Map<Implementation, Double> bytes) {
    Map<String, Long> rounded = new LinkedHashMap<>();
    bytes.forEach(
        (implementation, value) -> rounded.put(implementation.title(), Math.round(value)));
    return rounded;
  }

  private static String latencies(HotSwap.Result swap) {
    StringBuilder text = new StringBuilder();
    for (HotSwap.Phase phase : HotSwap.Phase.COUNTED) {
      text.append(latencies(swap.agents(), "reads " + phase, swap.readsIn(phase)));
      text.append(latencies(swap.agents(), "writes " + phase, swap.writesIn(phase)));
    }
    return text.toString();
  }

  private static String latencies(int agents, String what, Histogram times) {
    return String.format(
        Locale.ROOT,
        "%,9d agents  %-13s  %,11d calls  50%% %,10.1f  99%% %,10.1f  99.9%% %,10.1f  longest %,10.1f%n",
        agents,
        what.toLowerCase(Locale.ROOT),
        times.getTotalCount(),
        times.getValueAtPercentile(50) / 1e3,
        times.getValueAtPercentile(99) / 1e3,
        times.getValueAtPercentile(99.9) / 1e3,
        times.getMaxValue() / 1e3);
  }
}

package io.agents.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The goals, beside what was measured in this run. */
final class Budget {

  private static final int SMALLEST = 10_000;

  private final List<Measurement> measurements;
  private final List<HotSwap.Result> swaps;
  private final Map<Integer, Map<Implementation, Double>> bytes;
  private final List<BudgetLine> lines = new ArrayList<>();

  /**
   * Takes the figures.
   *
   * @param measurements of JMH
   * @param swaps of the hot swap
   * @param bytes of heap for an agent, by the number of agents
   */
  Budget(
      List<Measurement> measurements,
      List<HotSwap.Result> swaps,
      Map<Integer, Map<Implementation, Double>> bytes) {
    this.measurements = List.copyOf(measurements);
    this.swaps = List.copyOf(swaps);
    this.bytes = new TreeMap<>(bytes);
  }

  /** A line for each goal and size for which there are figures. */
  List<BudgetLine> lines() {
    lines.clear();
    against("P1", Measurement.LOOKUP, Implementation.MAP, 0.9);
    against("P2", Measurement.RE_REGISTER, Implementation.CQENGINE, 3);
    against("P3", Measurement.FIND_FIFTIETH, Implementation.CQENGINE, 3);
    against("P3", Measurement.FIND_HUNDRED, Implementation.CQENGINE, 3);
    growth("P3", Measurement.FIND_HUNDRED, 1.5);
    against("P4", Measurement.QUERY_OF_TWO_WIDE, Implementation.CQENGINE, 5);
    against("P4", Measurement.QUERY_OF_TWO, Implementation.CQENGINE, 5);
    against("P4", Measurement.QUERY_OF_TWO_NARROW, Implementation.CQENGINE, 5);
    growth("P5", Measurement.CLEAN_UP, 3);
    growth("P5", Measurement.CLEAN_UP_LARGE, 3);
    stop();
    swaps.forEach(this::swap);
    bytes.forEach(this::memory);
    return List.copyOf(lines);
  }

  private List<Measurement> of(Implementation implementation, String operation) {
    return measurements.stream()
        .filter(m -> m.implementation() == implementation && m.operation().equals(operation))
        .toList();
  }

  private void against(String budget, String operation, Implementation peer, double required) {
    for (Measurement ours : of(Implementation.REGISTRY_ETS, operation)) {
      measurements.stream()
          .filter(m -> m.implementation() == peer && m.isComparableWith(ours))
          .findFirst()
          .ifPresent(
              other ->
                  add(
                      budget,
                      operation + ", times " + peer.title(),
                      ours,
                      new Ratio(ours, other).value(),
                      required,
                      true));
    }
  }

  /** How much more one costs with many agents than with the fewest. */
  private void growth(String budget, String operation, double required) {
    Optional<Measurement> small =
        of(Implementation.REGISTRY_ETS, operation).stream()
            .filter(m -> m.agents() == SMALLEST)
            .findFirst();
    for (Measurement large : of(Implementation.REGISTRY_ETS, operation)) {
      if (large.agents() > SMALLEST && small.isPresent()) {
        add(
            budget,
            operation + ", cost as times of 10,000",
            large,
            small.get().perSecond() / large.perSecond(),
            required,
            false);
      }
    }
  }

  private void stop() {
    for (Measurement ours : of(Implementation.REGISTRY_ETS, Measurement.STOP_BUNDLE)) {
      of(Implementation.MAP, Measurement.STOP_BUNDLE).stream()
          .filter(ours::isComparableWith)
          .forEach(
              idle ->
                  add(
                      "P6",
                      "stop of a bundle, time as times of an idle tracker",
                      ours,
                      idle.perSecond() / ours.perSecond(),
                      3,
                      false));
    }
  }

  private void swap(HotSwap.Result swap) {
    int agents = swap.agents();
    long heldUp = swap.readersHeldUp();
    lines.add(
        new BudgetLine("P7", "swaps: times a reader was blocked", agents, 2, heldUp, 0, false));
    double wait = swap.writerWaitNanos() / 1e6;
    lines.add(
        new BudgetLine("P7", "swaps: longest wait of a writer, ms", agents, 1, wait, 5, false));
    swap.nanosPerAgent()
        .forEach(
            (to, nanos) -> {
              String operation = "swap to " + to + ", µs an agent";
              lines.add(new BudgetLine("P7", operation, agents, 1, nanos / 1e3, 3, false));
            });
  }

  private void memory(int agents, Map<Implementation, Double> of) {
    double ratio = of.get(Implementation.REGISTRY_ETS) / of.get(Implementation.MAP);
    lines.add(new BudgetLine("P8", "memory, times map", agents, 1, ratio, 1.5, false));
  }

  private void add(
      String budget,
      String operation,
      Measurement of,
      double measured,
      double required,
      boolean atLeast) {
    lines.add(
        new BudgetLine(budget, operation, of.agents(), of.threads(), measured, required, atLeast));
  }

  /** The lines as a table in Markdown. */
  static String table(List<BudgetLine> lines) {
    return lines.stream()
        .map(
            line ->
                "| %s | %s | %,d | %d | %.2f | %s %s | %s |%n"
                    .formatted(
                        line.budget(),
                        line.operation(),
                        line.agents(),
                        line.threads(),
                        line.measured(),
                        line.atLeast() ? "≥" : "≤",
                        line.required(),
                        line.holds() ? "yes" : "NO"))
        .collect(
            Collectors.joining(
                "",
                """
                | budget | operation | agents | threads | measured | required | holds |
                | --- | --- | ---: | ---: | ---: | ---: | --- |
                """,
                ""));
  }
}

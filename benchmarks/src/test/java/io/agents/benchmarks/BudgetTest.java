package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The goals, computed from given figures. */
class BudgetTest {

  private static Measurement figure(
      String operation, int agents, Implementation implementation, double perSecond) {
    return new Measurement(operation, agents, 1, implementation, perSecond, 0, 0);
  }

  private static List<BudgetLine> lines(Measurement... measurements) {
    return new Budget(List.of(measurements), List.of(), Map.of()).lines();
  }

  @Test
  void theServiceIsComparedWithThePeer() {
    List<BudgetLine> lines =
        lines(
            figure(Measurement.LOOKUP, 10_000, Implementation.MAP, 1_000),
            figure(Measurement.LOOKUP, 10_000, Implementation.REGISTRY_ETS, 850),
            figure(Measurement.QUERY_OF_TWO, 10_000, Implementation.CQENGINE, 10),
            figure(Measurement.QUERY_OF_TWO, 10_000, Implementation.REGISTRY_ETS, 50));
    assertThat(lines)
        .containsExactly(
            new BudgetLine("P1", "lookup, times map", 10_000, 1, 0.85, 0.9, true),
            new BudgetLine("P4", "query of two, N/500, times cqengine", 10_000, 1, 5, 5, true));
    assertThat(lines).extracting(BudgetLine::holds).containsExactly(false, true);
  }

  @Test
  void growthIsTheCostBesideThatOfTheSmallestSize() {
    assertThat(
            lines(
                figure(Measurement.CLEAN_UP, 10_000, Implementation.REGISTRY_ETS, 100),
                figure(Measurement.CLEAN_UP, 1_000_000, Implementation.REGISTRY_ETS, 25)))
        .containsExactly(
            new BudgetLine(
                "P5",
                "clean-up, owner of 1,000, cost as times of 10,000",
                1_000_000,
                1,
                4,
                3,
                false))
        .noneMatch(BudgetLine::holds);
  }

  @Test
  void theStopOfABundleIsComparedWithAnIdleTracker() {
    assertThat(
            lines(
                figure(Measurement.STOP_BUNDLE, 100_000, Implementation.MAP, 2),
                figure(Measurement.STOP_BUNDLE, 100_000, Implementation.REGISTRY_ETS, 1)))
        .singleElement()
        .matches(line -> line.budget().equals("P6") && line.measured() == 2 && line.holds());
  }

  @Test
  void swapsAndMemoryHaveLinesOfTheirOwn() {
    Histogram times = new Histogram(3);
    times.recordValue(2_000_000);
    Map<HotSwap.Phase, Histogram> phases = Map.of(HotSwap.Phase.DURING, times);
    Map<Implementation, Double> bytes = new EnumMap<>(Implementation.class);
    bytes.put(Implementation.MAP, 400.0);
    bytes.put(Implementation.REGISTRY_ETS, 800.0);
    List<BudgetLine> lines =
        new Budget(
                List.of(),
                List.of(new HotSwap.Result(10_000, 2_500, phases, phases)),
                Map.of(10_000, bytes))
            .lines();
    assertThat(lines).extracting(BudgetLine::budget).containsExactly("P7", "P7", "P7", "P8");
    assertThat(lines).extracting(BudgetLine::holds).containsExactly(false, true, true, false);
    assertThat(Budget.table(lines))
        .contains("| P8 | memory, times map | 10,000 | 1 | 2.00 | ≤ 1.5 | NO |");
  }

  @Test
  void quickModeRunsWhatTheBudgetIsAbout() {
    String points = CommandLine.Mode.QUICK.benchmarks(PointBenchmark.class);
    assertThat(PointBenchmark.class.getName() + ".lookup").matches(points);
    assertThat(PointBenchmark.class.getName() + ".update").doesNotMatch(points);
    assertThat(PointBenchmark.class.getName() + ".update")
        .matches(CommandLine.Mode.FULL.benchmarks(PointBenchmark.class));
  }
}

package io.agents.benchmarks;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.agents.benchmarks.CommandLine.Mode;
import io.agents.registry.spi.RegistryBackend;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    Map<Implementation, Double> bytes = new EnumMap<>(Implementation.class);
    bytes.put(Implementation.MAP, 400.0);
    bytes.put(Implementation.REGISTRY_ETS, 800.0);
    Map<String, Double> nanos = Map.of(RegistryBackend.ETS, 2_500.0);
    HotSwap.Result swap = new HotSwap.Result(10_000, nanos, 6_000_000, 1, Map.of(), Map.of());
    List<BudgetLine> lines = new Budget(List.of(), List.of(swap), Map.of(10_000, bytes)).lines();
    assertThat(lines)
        .containsExactly(
            new BudgetLine("P7", "swaps: times a reader was blocked", 10_000, 2, 1, 0, false),
            new BudgetLine("P7", "swaps: longest wait of a writer, ms", 10_000, 1, 6, 5, false),
            new BudgetLine("P7", "swap to ets, µs an agent", 10_000, 1, 2.5, 3, false),
            new BudgetLine("P8", "memory, times map", 10_000, 1, 2, 1.5, false));
    assertThat(lines).extracting(BudgetLine::holds).containsExactly(false, false, true, false);
    assertThat(Budget.table(lines))
        .contains("| P8 | memory, times map | 10,000 | 1 | 2.00 | ≤ 1.5 | NO |");
  }

  @ParameterizedTest
  @EnumSource
  void everyGoalIsMeasuredAtEverySize(Mode mode) {
    Map<List<Object>, Measurement> figures = new HashMap<>();
    for (Plan.Fork fork : Plan.of(mode)) {
      String method = fork.step().method();
      int threads = method.equals("lookupByTwo") ? 2 : 1;
      String operation = Measurement.words(method);
      figures.put(
          List.of(operation, threads, fork.agents(), fork.side()),
          new Measurement(operation, fork.agents(), threads, fork.side(), 1, 0, 0));
    }
    Map<String, Long> rows =
        new Budget(List.copyOf(figures.values()), List.of(), Map.of())
            .lines().stream()
                .collect(groupingBy(BudgetLine::budget, TreeMap::new, Collectors.counting()));
    long sizes = mode.sizes().size();
    // With two numbers of threads; two questions and the growth of one; three; two owners.
    assertThat(rows)
        .contains(
            entry("P1", 2 * sizes),
            entry("P2", sizes),
            entry("P3", 2 * sizes + sizes - 1),
            entry("P4", 3 * sizes),
            entry("P5", 2 * (sizes - 1)));
    // Three bundles, whatever the number of agents; the other modes have them.
    assertThat(rows.get("P6")).isEqualTo(mode == Mode.LARGE ? null : Long.valueOf(3));
    assertThat(rows).hasSize(mode == Mode.LARGE ? 5 : 6);
  }

  @Test
  void bothSidesOfAGoalAreMeasuredOneRightAfterTheOther() {
    List<Plan.Fork> lookups =
        Plan.of(Mode.QUICK).stream()
            .filter(fork -> fork.step().method().equals("lookup") && fork.step().rounds() > 1)
            .toList();
    assertThat(lookups)
        .extracting(Plan.Fork::side)
        .startsWith(
            Implementation.MAP,
            Implementation.REGISTRY_ETS,
            Implementation.REGISTRY_UNMEASURED,
            Implementation.REGISTRY_COMPARED,
            Implementation.MAP,
            Implementation.REGISTRY_ETS,
            Implementation.REGISTRY_UNMEASURED,
            Implementation.REGISTRY_COMPARED,
            Implementation.REGISTRY_COMPARED,
            Implementation.REGISTRY_UNMEASURED,
            Implementation.REGISTRY_ETS,
            Implementation.MAP);
    assertThat(lookups)
        .extracting(Plan.Fork::agents)
        .startsWith(
            10_000, 10_000, 10_000, 10_000, 100_000, 100_000, 100_000, 100_000, 10_000, 10_000);
  }

  @Test
  void nothingIsMeasuredTwiceInARound() {
    Plan.of(Mode.FULL).stream()
        .collect(
            groupingBy(f -> List.of(f.step().method(), f.side(), f.agents()), Collectors.toSet()))
        .forEach((what, forks) -> assertThat(forks).as("%s", what).hasSize(1));
  }
}

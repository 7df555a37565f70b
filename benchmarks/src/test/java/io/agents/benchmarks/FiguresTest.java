package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** Ratios, the table and the JSON report, computed from given figures. */
class FiguresTest {

  private static final List<Measurement> FIGURES =
      List.of(
          figure("lookup", 10_000, 1, Implementation.MAP, 4_000_000, 40_000, 0),
          figure("lookup", 10_000, 1, Implementation.LEGACY, 1_000_000, 50_000, 0),
          figure("lookup", 10_000, 1, Implementation.ETS, 3_500_000, 35_000, 0),
          figure("lookup", 10_000, 2, Implementation.LEGACY, 500_000, 5_000, 0),
          figure("lookup", 10_000, 2, Implementation.ETS, 7_000_000, 70_000, 16),
          figure("query", 100_000, 1, Implementation.LEGACY, 100, 2, 2_400_000),
          figure("query", 100_000, 1, Implementation.REGISTRY_ETS, 123_400, 1_234, 1_000));

  private static Measurement figure(
      String operation,
      int agents,
      int threads,
      Implementation implementation,
      double perSecond,
      double error,
      double bytes) {
    return new Measurement(operation, agents, threads, implementation, perSecond, error, bytes);
  }

  @Test
  void ratiosCompareTheSameOperationSizeAndThreads() {
    assertThat(Ratio.allTo(Implementation.LEGACY, FIGURES))
        .extracting(Ratio::value)
        .containsExactly(4.0, 3.5, 14.0, 1234.0);
    assertThat(Ratio.allTo(Implementation.MAP, FIGURES))
        .extracting(Ratio::value)
        .containsExactly(0.25, 0.875);
  }

  @Test
  void theTableHasARowForEachFigureOfTheReference() {
    assertThat(new RatioTable(FIGURES).ratiosTo(Implementation.LEGACY))
        .isEqualTo(
            """
            | operation |  agents | threads | legacy op/s |  map |  ets | registry+ets |   ±% |
            | ---       |    ---: |    ---: |        ---: | ---: | ---: |         ---: | ---: |
            | lookup    |  10,000 |       1 |   1,000,000 |  4.0 |  3.5 |              |    5 |
            | lookup    |  10,000 |       2 |     500,000 |      |   14 |              |    1 |
            | query     | 100,000 |       1 |         100 |      |      |        1,234 |    2 |
            """);
  }

  @Test
  void ratiosBelowOneKeepTwoDigits() {
    assertThat(new RatioTable(FIGURES).ratiosTo(Implementation.MAP))
        .contains("| 4,000,000 |   0.25 | 0.88 |");
  }

  @Test
  void theTableOfBytesHasEveryOperation() {
    List<Measurement> figures =
        List.of(
            figure("lookup", 10_000, 2, Implementation.MAP, 1, 1, 0),
            figure("lookup", 10_000, 2, Implementation.REGISTRY_ETS, 1, 1, 16),
            figure("query", 10_000, 1, Implementation.REGISTRY_ETS, 1, 1, 2_400),
            figure("load all", 10_000, 1, Implementation.MAP, 1, 1, Double.NaN));
    assertThat(new RatioTable(figures).bytes())
        .isEqualTo(
            """
            | operation | agents | threads |  map | registry+ets |
            | ---       |   ---: |    ---: | ---: |         ---: |
            | lookup    | 10,000 |       2 |    0 |           16 |
            | query     | 10,000 |       1 |      |        2,400 |
            """);
  }

  @Test
  void whatIsDoneOnceIsShownInMilliseconds() {
    List<Measurement> figures =
        List.of(
            figure("lookup", 10_000, 1, Implementation.MAP, 1, 1, 0),
            figure(Measurement.CLEAN_UP, 10_000, 1, Implementation.REGISTRY_ETS, 400, 1, 0));
    assertThat(new RatioTable(figures).milliseconds())
        .isEqualTo(
            """
            | operation                | agents | registry+ets |
            | ---                      |   ---: |         ---: |
            | clean-up, owner of 1,000 | 10,000 |          2.5 |
            """);
    assertThat(new RatioTable(figures).ratiosTo(Implementation.REGISTRY_ETS))
        .doesNotContain(Measurement.CLEAN_UP);
  }

  @Test
  void theReportIsOneArrayOfTheBudgetAndTheRunsOfJmh() {
    BudgetLine line = new BudgetLine("P1", "lookup, times map", 10_000, 2, 0.95, 0.9, true);
    RunResult run = run("lookupByTwo", 2, 1_000, 3_000);
    JsonArray rows =
        JsonParser.parseString(JsonReport.text(List.of(line), List.of(run))).getAsJsonArray();
    assertThat(rows).hasSize(2);
    JsonObject budget = rows.get(0).getAsJsonObject();
    assertThat(budget.keySet())
        .containsExactly(
            "budget", "operation", "agents", "threads", "measured", "required", "holds");
    assertThat(budget.get("measured").getAsDouble()).isEqualTo(0.95);
    assertThat(budget.get("holds").getAsBoolean()).isTrue();
    JsonObject raw = rows.get(1).getAsJsonObject();
    assertThat(raw.get("benchmark").getAsString()).endsWith(".PointBenchmark.lookupByTwo");
    assertThat(raw.getAsJsonObject("params").get("implementation").getAsString()).isEqualTo("ETS");
    assertThat(raw.getAsJsonObject("primaryMetric").get("score").getAsDouble()).isEqualTo(2_000);
  }

  @Test
  void aFigureIsTheMedianOfAllRunsOfTheSame() {
    assertThat(
            Measurement.of(
                List.of(
                    run("lookup", 1, 1_000, 1_100),
                    run("lookupByTwo", 2, 5_000),
                    run("lookup", 1, 1_200, 1_300, 9_999))))
        .extracting(Measurement::operation, Measurement::threads, Measurement::perSecond)
        .containsExactly(tuple("lookup", 1, 1_200.0), tuple("lookup", 2, 5_000.0));
  }

  /** What JMH gives of one virtual machine. */
  private static RunResult run(String method, int threads, double... perSecond) {
    WorkloadParams workload = new WorkloadParams();
    workload.put("agents", "10000", 0);
    workload.put("implementation", "ETS", 0);
    IterationParams iterations =
        new IterationParams(IterationType.MEASUREMENT, perSecond.length, TimeValue.seconds(1), 1);
    BenchmarkParams params =
        new BenchmarkParams(
            PointBenchmark.class.getName() + "." + method,
            "generated",
            false,
            threads,
            new int[] {threads},
            List.of(method),
            1,
            0,
            iterations,
            iterations,
            Mode.Throughput,
            workload,
            TimeUnit.SECONDS,
            1,
            "java",
            List.of(),
            "17",
            "vm",
            "17",
            "1.37",
            TimeValue.minutes(1));
    List<IterationResult> results = new ArrayList<>();
    for (double each : perSecond) {
      IterationResult result = new IterationResult(params, iterations, null);
      result.addResult(
          new ThroughputResult(
              ResultRole.PRIMARY, method, each, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS));
      results.add(result);
    }
    return new RunResult(params, List.of(new BenchmarkResult(params, results)));
  }

  @Test
  void everyBenchmarkHasWords() {
    assertThat(
            List.of(
                PointBenchmark.class,
                QueryBenchmark.class,
                LoadBenchmark.class,
                OwnerBenchmark.class,
                StopBenchmark.class))
        .flatMap(type -> Arrays.asList(type.getDeclaredMethods()))
        .filteredOn(method -> method.isAnnotationPresent(Benchmark.class))
        .hasSize(21)
        .allSatisfy(method -> assertThat(Measurement.words(method.getName())).isNotBlank());
  }
}

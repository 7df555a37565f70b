package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

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
            | operation |  agents | threads | legacy op/s |  map |  ets | registry+legacy | registry+ets | cqengine | services |   ±% |
            | ---       |    ---: |    ---: |        ---: | ---: | ---: |            ---: |         ---: |     ---: |     ---: | ---: |
            | lookup    |  10,000 |       1 |   1,000,000 |  4.0 |  3.5 |                 |              |          |          |    5 |
            | lookup    |  10,000 |       2 |     500,000 |      |   14 |                 |              |          |          |    1 |
            | query     | 100,000 |       1 |         100 |      |      |                 |        1,234 |          |          |    2 |
            """);
  }

  @Test
  void ratiosBelowOneKeepTwoDigits() {
    assertThat(new RatioTable(FIGURES).ratiosTo(Implementation.MAP))
        .contains("| 4,000,000 |   0.25 | 0.88 |");
  }

  @Test
  void theTableOfBytesNamesEachImplementation() {
    assertThat(new RatioTable(FIGURES).bytes())
        .contains("| query     | 100,000 |       1 | 2,400,000 |")
        .contains("1,000 |");
  }

  @Test
  void theReportHoldsFiguresAndRatios() {
    JsonArray rows = JsonParser.parseString(JsonReport.text(List.of(), FIGURES)).getAsJsonArray();
    assertThat(rows).hasSize(FIGURES.size() + 4 + 2);
    JsonObject raw = rows.get(2).getAsJsonObject();
    assertThat(raw.get("row").getAsString()).isEqualTo("raw");
    assertThat(raw.get("implementation").getAsString()).isEqualTo("ets");
    assertThat(raw.get("perSecond").getAsDouble()).isEqualTo(3_500_000);
    JsonObject ratio = rows.get(rows.size() - 1).getAsJsonObject();
    assertThat(ratio.get("row").getAsString()).isEqualTo("ratio");
    assertThat(ratio.get("to").getAsString()).isEqualTo("map");
    assertThat(ratio.get("ratio").getAsDouble()).isEqualTo(0.875);
  }

  @Test
  void anUnknownErrorIsLeftOut() {
    List<Measurement> single =
        List.of(figure("a", 100, 1, Implementation.LEGACY, 1, Double.NaN, Double.NaN));
    JsonObject row =
        JsonParser.parseString(JsonReport.text(List.of(), single))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(row.has("error")).isFalse();
    assertThat(row.has("bytesPerOperation")).isFalse();
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
        .hasSize(17)
        .allSatisfy(method -> assertThat(Measurement.words(method.getName())).isNotBlank());
  }
}

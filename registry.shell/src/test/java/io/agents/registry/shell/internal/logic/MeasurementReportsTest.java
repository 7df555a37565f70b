package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Operation;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.FakeRegistry;
import io.agents.registry.shell.internal.text.Format;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the registry has measured of itself. */
class MeasurementReportsTest {

  private static final Difference MISSING =
      new Difference(
          FakeRegistry.TIME,
          Operation.LOOKUP,
          "agent-7",
          Kind.MISSING,
          "legacy",
          "ets",
          "revision 3",
          "nothing");

  private final FakeRegistry registry = new FakeRegistry();
  private final MeasurementReports reports = new MeasurementReports(registry);

  @Test
  void aComparisonHasItsFiguresWhereNothingDiffers() {
    assertThat(reports.comparison(Format.TEXT).lines())
        .containsExactly(
            "mirror                              -",
            "compared                            0",
            "not compared                        0",
            "explained by a write                0",
            "explained by an owner that is gone  0",
            "differences                         0");
  }

  @Test
  void aComparisonTellsWhatDiffers() {
    registry.mirror = new MirrorStatus("ets", MirrorStatus.State.IN_STEP, "");
    registry.comparison =
        new ComparisonReport(
            1_000,
            3,
            Map.of(
                Operation.QUERY, Map.of(Kind.OTHER_REVISION, 2L, Kind.EXTRA, 1L),
                Operation.LOOKUP, Map.of(Kind.MISSING, 4L)),
            5,
            6,
            List.of(MISSING));

    assertThat(reports.comparison(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "mirror|ets, in step",
            "compared|1000",
            "not compared|3",
            "explained by a write|5",
            "explained by an owner that is gone|6",
            "differences|7",
            "",
            "OPERATION|KIND|READS",
            "lookup|missing|4",
            "query|extra|1",
            "query|other revision|2",
            "",
            "LATEST|OPERATION|OF|KIND|ACTIVE|MIRROR",
            "2026-01-02T03:04:05.678Z|lookup|agent-7|missing|legacy: revision 3|ets: nothing");
    assertThat(reports.comparison(Format.JSON))
        .isEqualTo(
            "{\"compared\":1000,\"notCompared\":3,\"explainedByWrite\":5,"
                + "\"explainedByOwner\":6,\"unexplained\":7,\"differences\":{"
                + "\"lookup\":{\"missing\":4},\"query\":{\"extra\":1,\"other_revision\":2}},"
                + "\"latest\":[{\"at\":\"2026-01-02T03:04:05.678Z\",\"operation\":\"lookup\","
                + "\"argument\":\"agent-7\",\"kind\":\"missing\",\"active\":\"legacy\","
                + "\"mirror\":\"ets\",\"activeAnswer\":\"revision 3\","
                + "\"mirrorAnswer\":\"nothing\"}]}");
  }

  @Test
  void aPersonIsShownTheLatestAndAScriptAll() {
    registry.comparison =
        new ComparisonReport(100, 0, Map.of(), 0, 0, Collections.nCopies(100, MISSING));

    assertThat(reports.comparison(Format.TEXT).lines().filter(line -> line.contains("agent-7")))
        .hasSize(10);
    JsonObject json = JsonParser.parseString(reports.comparison(Format.JSON)).getAsJsonObject();
    assertThat(json.getAsJsonArray("latest")).hasSize(100);
  }

  @Test
  void callsAreATableByImplementationAndOperation() {
    assertThat(reports.calls(Optional.empty(), Format.TEXT)).isEqualTo("no calls were measured");
    registry.calls = calls();

    assertThat(
            reports
                .calls(Optional.empty(), Format.TEXT)
                .lines()
                .map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "IMPLEMENTATION|OPERATION|CALLS|ERRORS|MEDIAN|P90|P99|HIGHEST",
            "ets|lookup|1000|0|" + nanos(50) + "|" + nanos(90) + "|" + nanos(99) + "|" + nanos(100),
            "ets|query|2|1|-|-|-|-",
            "legacy|list|1|0|16.3 ms|16.3 ms|16.3 ms|16.3 ms",
            "legacy|register|1|0|20.5 us|20.5 us|20.5 us|20.5 us");
    assertThat(reports.calls(Optional.of("legacy"), Format.TEXT).lines()).hasSize(3);
  }

  @Test
  void callsAsJsonHaveNanoseconds() {
    registry.calls = calls();

    JsonObject json =
        JsonParser.parseString(reports.calls(Optional.of("ets"), Format.JSON)).getAsJsonObject();

    assertThat(json.keySet()).containsExactly("takenAt", "implementations");
    JsonObject ets = json.getAsJsonObject("implementations").getAsJsonObject("ets");
    assertThat(json.getAsJsonObject("implementations").keySet()).containsExactly("ets");
    assertThat(ets.keySet()).containsExactly("lookup", "query");
    assertThat(ets.getAsJsonObject("lookup").keySet())
        .containsExactly(
            "calls", "errors", "measured", "medianNanos", "p90Nanos", "p99Nanos", "highestNanos");
    assertThat(ets.getAsJsonObject("query"))
        .hasToString(
            "{\"calls\":2,\"errors\":1,\"measured\":0,\"medianNanos\":0,\"p90Nanos\":0,"
                + "\"p99Nanos\":0,\"highestNanos\":0}");
  }

  @Test
  void anImplementationThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> reports.calls(Optional.of("etz"), Format.TEXT))
        .isInstanceOf(CommandException.class)
        .hasMessage("there is no implementation 'etz'; there are ets, legacy");
    assertThat(reports.calls(Optional.of("ets"), Format.TEXT)).isEqualTo("no calls were measured");
  }

  private static CallStatistics calls() {
    Latencies lookups =
        Latencies.of(IntStream.rangeClosed(1, 100).mapToLong(n -> n * 10L).toArray());
    return new CallStatistics(
        FakeRegistry.TIME,
        Map.of(
            "legacy",
            Map.of(
                Operation.REGISTER, new Calls(1, 0, Latencies.of(20_000)),
                Operation.LIST, new Calls(1, 0, Latencies.of(16_000_000))),
            "ets",
            Map.of(
                Operation.QUERY, new Calls(2, 1, Latencies.NONE),
                Operation.LOOKUP, new Calls(1_000, 0, lookups))));
  }

  private static String nanos(double percent) {
    return calls().of("ets", Operation.LOOKUP).latencies().percentileNanos(percent) + " ns";
  }
}

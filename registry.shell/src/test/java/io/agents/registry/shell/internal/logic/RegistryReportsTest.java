package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.shell.internal.FakeFlags;
import io.agents.registry.shell.internal.FakeRegistry;
import io.agents.registry.shell.internal.FakeSelection;
import io.agents.registry.shell.internal.text.Format;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How the registry is, and its swaps. */
class RegistryReportsTest {

  private static final SwapReport DONE =
      new SwapReport(
          1,
          FakeRegistry.TIME,
          "legacy",
          "ets",
          8,
          7,
          1,
          2,
          1_234_567,
          45_000,
          Outcome.COMPLETED,
          "",
          new SwapEvidence(
              new SwapEvidence.Side(7, -2, 0, 0),
              new SwapEvidence.Side(7, -2, 7, 3),
              List.of("a", "b"),
              List.of("c"),
              OptionalLong.of(1_000)));
  private static final SwapReport ABANDONED =
      new SwapReport(
          2,
          FakeRegistry.TIME,
          "ets",
          "legacy",
          7,
          7,
          0,
          0,
          5_000_000,
          0,
          Outcome.ABANDONED,
          "it threw",
          SwapEvidence.NONE);

  private final FakeRegistry registry = new FakeRegistry();
  private final FakeFlags flags = new FakeFlags();
  private final FakeSelection selection = new FakeSelection(flags);
  private final RegistryReports reports = new RegistryReports(registry, Optional.of(selection));

  @Test
  void statusShowsWhatIsActiveAndAwaited() {
    registry.awaited = Optional.of("no backend matches");
    registry.swaps.add(DONE);

    assertThat(reports.status(Format.TEXT).lines())
        .containsExactly(
            "implementation              ets",
            "awaited                     no backend matches",
            "healthy                     no",
            "agents                      0",
            "agents whose owner is gone  0",
            "owners monitored            1",
            "services monitored          2",
            "last swap                   legacy to ets at 2026-01-02T03:04:05.678Z, completed,"
                + " agents before 8, after 7, dropped 1, in 1.235 ms",
            "swap under way              no",
            "mirror                      -",
            "available                   ets, legacy",
            "target filter               (registry.implementation=ets)",
            "flag asks for               legacy",
            "listeners                   3",
            "events missed               4");
  }

  @Test
  void statusShowsWhatStandsInTheWayOfTheFlag() {
    flags.enable(FeatureFlags.USE_ETS, "");
    selection.obstacle = Optional.of("ets is not there");

    assertThat(reports.status(Format.TEXT))
        .contains("flag asks for               ets, but ets is not there");
    assertThat(json(reports).getAsJsonObject("selection"))
        .hasToString("{\"wanted\":\"ets\",\"settled\":false,\"awaited\":\"ets is not there\"}");
  }

  @Test
  void statusGoesWithoutFlags() {
    RegistryReports without = new RegistryReports(registry, Optional.empty());

    assertThat(without.status(Format.TEXT))
        .contains("flag asks for               nothing: flags are not there; start the bundle");
    assertThat(json(without).get("selection").isJsonNull()).isTrue();
  }

  @Test
  void statusAsJsonHasStableKeys() {
    assertThat(json(reports).get("lastSwap").isJsonNull()).isTrue();
    registry.swaps.add(DONE);

    JsonObject status = json(reports);

    assertThat(status.keySet())
        .containsExactly(
            "implementation",
            "awaited",
            "healthy",
            "agents",
            "agentsWithOwnerGone",
            "ownersMonitored",
            "servicesMonitored",
            "lastSwap",
            "swapUnderWay",
            "mirror",
            "available",
            "targetFilter",
            "selection",
            "listeners",
            "eventsMissed");
    assertThat(status.get("implementation").getAsString()).isEqualTo("ets");
    assertThat(status.get("awaited").isJsonNull()).isTrue();
    assertThat(status.getAsJsonObject("lastSwap").keySet())
        .containsExactly(
            "number",
            "startedAt",
            "from",
            "to",
            "agentsBefore",
            "agentsAfter",
            "dropped",
            "mended",
            "durationNanos",
            "longestWriterWaitNanos",
            "outcome",
            "reason",
            "evidence");
  }

  @Test
  void swapsAreATable() {
    registry.swaps.add(DONE);
    registry.swaps.add(ABANDONED);

    assertThat(reports.swaps(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "NO|STARTED|FROM|TO|BEFORE|AFTER|DROPPED|MENDED|DURATION|LONGEST WAIT|LONGEST READ"
                + "|MONITORED|BOTH SIDES|OUTCOME",
            "1|2026-01-02T03:04:05.678Z|legacy|ets|8|7|1|2|1.235 ms|0.045 ms|0.001 ms"
                + "|0 to 7|equal|completed",
            "2|2026-01-02T03:04:05.678Z|ets|legacy|7|7|0|0|5.000 ms|0.000 ms|-|-|-"
                + "|abandoned: it threw");
  }

  @Test
  void swapsAsJsonHaveNanoseconds() {
    registry.swaps.add(ABANDONED);

    assertThat(reports.swaps(Format.JSON))
        .isEqualTo(
            "[{\"number\":2,\"startedAt\":\"2026-01-02T03:04:05.678Z\",\"from\":\"ets\","
                + "\"to\":\"legacy\",\"agentsBefore\":7,\"agentsAfter\":7,\"dropped\":0,"
                + "\"mended\":0,\"durationNanos\":5000000,\"longestWriterWaitNanos\":0,"
                + "\"outcome\":\"abandoned\",\"reason\":\"it threw\",\"evidence\":null}]");
  }

  @Test
  void swapsAsJsonHaveWhatCanBeChecked() {
    registry.swaps.add(DONE);

    assertThat(reports.swaps(Format.JSON))
        .endsWith(
            "\"evidence\":{\"agrees\":true,"
                + "\"former\":{\"agents\":7,\"checksum\":\"fffffffffffffffe\","
                + "\"servicesMonitored\":0,\"bundlesMonitored\":0},"
                + "\"next\":{\"agents\":7,\"checksum\":\"fffffffffffffffe\","
                + "\"servicesMonitored\":7,\"bundlesMonitored\":3},"
                + "\"mendedIds\":[\"a\",\"b\"],\"droppedIds\":[\"c\"],"
                + "\"longestReadNanos\":1000}}]");
  }

  @Test
  void statusShowsTheMirror() {
    registry.mirror = new MirrorStatus("legacy", MirrorStatus.State.IN_STEP, "");
    assertThat(reports.status(Format.TEXT)).contains("mirror                      legacy, in step");
    registry.mirror = new MirrorStatus("legacy", MirrorStatus.State.FAILED, "it threw");

    assertThat(reports.status(Format.TEXT)).contains("legacy, failed: it threw");
    assertThat(json(reports).getAsJsonObject("mirror"))
        .hasToString(
            "{\"implementation\":\"legacy\",\"state\":\"failed\",\"reason\":\"it threw\"}");
  }

  @Test
  void noSwapsAreSaid() {
    assertThat(reports.swaps(Format.TEXT)).isEqualTo("no swaps");
    assertThat(reports.swaps(Format.JSON)).isEqualTo("[]");
  }

  private static JsonObject json(RegistryReports reports) {
    return JsonParser.parseString(reports.status(Format.JSON)).getAsJsonObject();
  }
}

package io.agents.registry.shell.internal.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.shell.internal.FakeFlags;
import io.agents.registry.shell.internal.FakeRollout;
import io.agents.registry.shell.internal.FakeSelection;
import io.agents.registry.shell.internal.text.Format;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rollout, shown and moved by commands. */
class RolloutCommandsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private final FakeRollout rollout = new FakeRollout();
  private final FakeSelection selection = new FakeSelection(new FakeFlags());
  private final RolloutReports reports = new RolloutReports(rollout);
  private final RolloutChanges changes =
      new RolloutChanges(rollout, Optional.of(selection), PATIENCE);

  @Test
  void statusShowsStageMirrorAndGuard() {
    assertThat(reports.status(Format.TEXT).lines())
        .containsExactly(
            "stage        off",
            "since        -",
            "node         node-1",
            "wanted       legacy",
            "active       legacy",
            "mirror       -",
            "compared     0.5% of reads",
            "guard        does not watch: nothing to see",
            "hold         -",
            "soak ends    -",
            "refused      -",
            "last change  -");
    changes.next(List.of("a", "trial"), false);
    rollout.hold = Optional.of("too many errors");

    assertThat(reports.status(Format.TEXT).lines())
        .contains(
            "stage        shadow",
            "since        2026-01-02T03:04:05.678Z",
            "mirror       ets, in step",
            "guard        watches: nothing to see",
            "hold         too many errors",
            "last change  off to shadow at 2026-01-02T03:04:05.678Z, moved by command: a trial");
  }

  @Test
  void statusAsJsonHasStableKeys() {
    JsonObject status = JsonParser.parseString(reports.status(Format.JSON)).getAsJsonObject();

    assertThat(status.keySet())
        .containsExactly(
            "stage",
            "since",
            "node",
            "wanted",
            "active",
            "mirror",
            "mirrorState",
            "comparisonPercent",
            "guarded",
            "guard",
            "hold",
            "soakEnds",
            "refused",
            "lastChange");
    assertThat(status.get("stage").getAsString()).isEqualTo("off");
    assertThat(status.get("hold").isJsonNull()).isTrue();
  }

  @Test
  void checkSaysWhatStandsForAndAgainst() {
    assertThat(reports.check(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "the stage is off; the next is shadow: ready",
            "STANDS|WHAT|COMMAND",
            "for|ets is there|-");
    rollout.against = Optional.of("3 differences");

    assertThat(reports.check(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "the stage is off; the next is shadow: not ready",
            "STANDS|WHAT|COMMAND",
            "for|ets is there|-",
            "against|3 differences|registry:comparison");
    assertThat(reports.check(Format.JSON))
        .isEqualTo(
            "{\"stage\":\"off\",\"next\":\"shadow\",\"ready\":false,\"lines\":["
                + "{\"good\":true,\"what\":\"ets is there\",\"command\":\"\"},"
                + "{\"good\":false,\"what\":\"3 differences\","
                + "\"command\":\"registry:comparison\"}]}");
  }

  @Test
  void nextTakesAPercentageWhereTheFirstWordIsOne() {
    assertThat(changes.next(List.of("12.5", "so", "far", "so good"), false))
        .isEqualTo("the stage is shadow (was off)\nthe implementation is legacy");
    assertThat(rollout.percent).contains(12.5);
    assertThat(rollout.history().get(0).reason()).isEqualTo("so far so good");
    changes.next(List.of("so far so good"), false);
    assertThat(rollout.percent).isEmpty();
    changes.next(List.of("25%"), false);
    assertThat(rollout.percent).contains(25.0);
    assertThat(selection.timeout).isEqualTo(PATIENCE);
  }

  @Test
  void aWrongPercentageIsNoReason() {
    for (String wrong : new String[] {"-5", "101", "1.234", ".", "5.5.5"}) {
      assertThatThrownBy(() -> changes.next(List.of(wrong), false))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(rollout.history()).isEmpty();
  }

  @Test
  void nextIsRefusedUnlessItIsForced() {
    rollout.against = Optional.of("3 differences");

    assertThatThrownBy(() -> changes.next(List.of(), false))
        .isInstanceOf(RolloutRefusedException.class);
    assertThat(changes.next(List.of(), true)).startsWith("the stage is shadow (was off), forced\n");
  }

  @Test
  void backTakesAStageOfOneWordOrTwo() {
    for (List<String> words :
        List.of(
            List.of("partial", "10%", "too", "slow"),
            List.of("partial 10%", "too", "slow"),
            List.of("PARTIAL", "10", "too slow"))) {
      rollout.stage = RolloutStage.FULL;

      assertThat(changes.back(words)).startsWith("the stage is partial 10% (was full)\n");
      assertThat(rollout.history().get(rollout.history().size() - 1).reason())
          .isEqualTo("too slow");
    }
    assertThatThrownBy(() -> changes.back(List.of("partial", "reason")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no stage of the rollout");
    assertThatThrownBy(() -> changes.back(List.of("done")))
        .isInstanceOf(RolloutRefusedException.class);
  }

  @Test
  void rollbackIsDoneWhateverTheRegistrySays() {
    BackendSelection broken =
        new BackendSelection() {
          @Override
          public SelectionStatus status() {
            throw new IllegalStateException("broken");
          }

          @Override
          public SelectionStatus awaitSettled(Duration timeout) {
            return status();
          }
        };
    rollout.stage = RolloutStage.partial(FlagValue.parse("50"));

    assertThat(
            new RolloutChanges(rollout, Optional.of(broken), PATIENCE)
                .rollback(List.of("it", "is slow")))
        .isEqualTo(
            "the stage is off (was partial 50%)\nhow the registry follows can't be told:"
                + " java.lang.IllegalStateException: broken");
    assertThat(rollout.history().get(0).reason()).isEqualTo("it is slow");
    assertThat(changes.rollback(List.of("again")))
        .isEqualTo("the stage is off (as before)\nthe implementation is legacy");
  }

  @Test
  void clearTellsWhatWasHeld() {
    assertThat(changes.clear(List.of())).isEqualTo("there was no hold to clear\nthe stage is off");
    rollout.hold = Optional.of("too many errors");

    assertThat(changes.clear(List.of("seen")))
        .isEqualTo("cleared the hold: too many errors\nthe stage is off");
    assertThat(rollout.hold).isEmpty();
  }

  @Test
  void historySaysWhoAndWhy() {
    assertThat(reports.history(Format.TEXT)).isEqualTo("no changes");
    assertThat(reports.history(Format.JSON)).isEqualTo("[]");
    rollout.against = Optional.of("3 differences");
    changes.next(List.of("I know better"), true);

    assertThat(reports.history(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "WHEN|FROM|TO|WHAT|BY|REASON",
            "2026-01-02T03:04:05.678Z|off|shadow|moved, forced|command|I know better");
    assertThat(reports.history(Format.JSON))
        .isEqualTo(
            "[{\"at\":\"2026-01-02T03:04:05.678Z\",\"from\":\"off\",\"to\":\"shadow\","
                + "\"kind\":\"moved\",\"source\":\"command\",\"forced\":true,"
                + "\"reason\":\"I know better\"}]");
  }

  @Test
  void whyNamesWhatIsInTheWayAndWhatChangesIt() {
    assertThat(reports.why(Format.TEXT).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "legacy serves, ets is wanted",
            "WHAT|HOW IT IS|COMMAND",
            "flag|the flag is on|flags:disable x",
            "bundle (in the way)|ets is not started|start 7",
            "swap|none is under way|-");
    assertThat(reports.why(Format.JSON))
        .startsWith("{\"active\":\"legacy\",\"wanted\":\"ets\",\"asWanted\":false,\"reasons\":[{");
  }
}

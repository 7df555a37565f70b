package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Operation;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Readiness.Line;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** F3.11 */
class ReadinessCheckTest {

  private static final RolloutSettings SETTINGS = RolloutSettings.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final Duration QUIET = Duration.ofMinutes(SETTINGS.quietMinutes());
  private static final Duration SOAK = Duration.ofMinutes(SETTINGS.soakMinutes());
  private static final RolloutStage PARTIAL = RolloutStage.partial(FlagValue.percentage(99.99));

  private RolloutStage stage = RolloutStage.SHADOW;
  private Optional<String> problem = Optional.empty();
  private Optional<String> hold = Optional.empty();
  private boolean monitored = true;
  private Set<String> available = Set.of("legacy", "ets");
  private TargetFilter.Kind targetKind = TargetFilter.Kind.OURS;
  private String active = "legacy";
  private MirrorStatus mirror = new MirrorStatus("ets", MirrorStatus.State.IN_STEP, "");
  private long calls = SETTINGS.readyCalls();
  private long cleanComparisons = SETTINGS.readyComparisons();
  private boolean isThere = true;
  private final List<RolloutChange> history = new ArrayList<>();

  private Readiness check(RolloutStage next) {
    Calls half = new Calls(calls / 2, 0, Latencies.NONE);
    Calls rest = new Calls(calls - calls / 2, 0, Latencies.NONE);
    Sight sight =
        new Sight(
            0,
            active,
            new CallStatistics(
                NOW, Map.of(active, Map.of(Operation.LOOKUP, half, Operation.UPDATE, rest))),
            ComparisonReport.NONE,
            mirror,
            List.of());
    return new ReadinessCheck(
            new Stages.State(stage, problem, false, monitored, hold, false),
            SETTINGS,
            "node-1",
            available,
            targetKind,
            isThere ? Optional.of(sight) : Optional.empty(),
            cleanComparisons,
            history,
            NOW)
        .check(Optional.of(next));
  }

  private void assertReady(RolloutStage next, String... lines) {
    Readiness readiness = check(next);
    assertThat(readiness.against()).isEmpty();
    assertThat(readiness.isReady()).isTrue();
    assertThat(readiness.stage()).isEqualTo(stage);
    assertThat(readiness.next()).contains(next);
    assertThat(readiness.lines()).extracting(Line::what).containsAll(List.of(lines));
    assertThat(readiness.lines()).extracting(Line::command).containsOnly("");
  }

  private void assertAgainst(RolloutStage next, String what, String command) {
    assertThat(check(next).against())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.what()).contains(what);
              assertThat(line.command()).isEqualTo(command);
            });
  }

  private void serveEts(RolloutStage of) {
    stage = of;
    active = "ets";
    mirror = new MirrorStatus("legacy", MirrorStatus.State.IN_STEP, "");
  }

  private void happened(Instant at, RolloutStage from, RolloutStage to, Kind kind) {
    history.add(new RolloutChange(at, from, to, kind, Source.CALL, false, "why"));
  }

  @Test
  void offIsReadyForShadowWhereBothImplementationsAreThere() {
    stage = RolloutStage.OFF;
    calls = 0;
    cleanComparisons = 0;
    monitored = false;
    mirror = MirrorStatus.NONE;
    assertReady(
        RolloutStage.SHADOW,
        "the flags say what the stage is, off",
        "the guard does not hold promotion",
        "the registry's target filter is left to the flags",
        "the implementation 'ets' is there",
        "the implementation 'legacy' is there",
        "'legacy' serves on this node, as the stage asks for",
        "there was no rollback in the last 60 minutes");
    assertThat(check(RolloutStage.SHADOW).lines()).hasSize(7);
    available = Set.of("legacy");
    assertAgainst(RolloutStage.SHADOW, "the implementation 'ets' is not there", "registry:why");
    available = Set.of("ets");
    assertAgainst(RolloutStage.SHADOW, "the implementation 'legacy' is not there", "registry:why");
  }

  @Test
  void shadowIsReadyForPartialAfterEnoughCallsAndComparisons() {
    assertReady(
        PARTIAL,
        "the guard is on",
        "the mirror 'ets' is in step",
        "the last 1000 comparisons were without a difference",
        "1000 calls were measured in 'legacy'");
    calls = SETTINGS.readyCalls() - 1L;
    assertAgainst(
        PARTIAL, "999 calls were measured in 'legacy'; asked for are 1000", "registry:calls");
    calls = SETTINGS.readyCalls();
    cleanComparisons = SETTINGS.readyComparisons() - 1L;
    assertAgainst(PARTIAL, "the last 999 comparisons", "registry:comparison");
  }

  @Test
  void partialIsJudgedByTheCallsOfThisNode() {
    serveEts(PARTIAL);
    assertReady(
        RolloutStage.FULL,
        "'ets' serves on this node, as the stage asks for",
        "the mirror 'legacy' is in step",
        "1000 calls were measured in 'ets' on this node");
  }

  @Test
  void whatTheFlagsTheGuardOrSomebodyElseSaysStandsAgainst() {
    problem = Optional.of("two of them");
    assertAgainst(PARTIAL, "the flags are not followed: two of them", "flags:list");
    problem = Optional.empty();
    hold = Optional.of("errors");
    assertAgainst(PARTIAL, "the guard holds promotion: errors", "rollout:clear");
    hold = Optional.empty();
    targetKind = TargetFilter.Kind.FOREIGN;
    assertAgainst(PARTIAL, "somebody else's target filter", "registry:why");
    targetKind = TargetFilter.Kind.BROKEN;
    assertReady(PARTIAL);
    monitored = false;
    assertAgainst(PARTIAL, "the guard is off", "flags:enable enable_migration_monitoring");
  }

  @Test
  void withoutTheRegistryOrWithAnotherImplementationItIsNotReady() {
    active = "ets";
    assertThat(check(PARTIAL).against())
        .extracting(Line::what)
        .contains("'ets' serves on this node instead of 'legacy'");
    isThere = false;
    assertThat(check(PARTIAL).against())
        .extracting(Line::what)
        .containsExactly(
            "the registry is not there",
            "the mirror 'ets' is not in step: not configured yet",
            "0 calls were measured in 'legacy'; asked for are 1000");
  }

  @Test
  void aMirrorThatIsNotInStepStandsAgainst() {
    mirror = new MirrorStatus("legacy", MirrorStatus.State.IN_STEP, "");
    assertAgainst(PARTIAL, "the mirror 'ets' is not in step: in step", "registry:status");
    mirror = new MirrorStatus("ets", MirrorStatus.State.FILLING, "");
    assertAgainst(PARTIAL, "not in step: being filled", "registry:status");
    mirror = new MirrorStatus("ets", MirrorStatus.State.MISSING, "");
    assertAgainst(PARTIAL, "not in step: missing", "registry:status");
    mirror = new MirrorStatus("ets", MirrorStatus.State.FAILED, "it threw");
    assertAgainst(PARTIAL, "not in step: failed, it threw", "registry:status");
  }

  @Test
  void aRollbackStandsAgainstForAWhile() {
    happened(NOW.minus(QUIET), PARTIAL, RolloutStage.OFF, Kind.ROLLED_BACK);
    happened(NOW.minusSeconds(1), RolloutStage.OFF, RolloutStage.SHADOW, Kind.MOVED);
    assertReady(PARTIAL);
    happened(NOW.minus(QUIET).plusMillis(1), PARTIAL, RolloutStage.OFF, Kind.ROLLED_BACK);
    assertAgainst(
        PARTIAL,
        "there was a rollback at 2026-12-01T11:00:00.001Z, less than 60 minutes ago: why",
        "");
  }

  @Test
  void fullIsToBeKeptForAWhile() {
    serveEts(RolloutStage.FULL);
    available = Set.of("ets");
    happened(NOW.minus(SOAK).plusMillis(1), PARTIAL, RolloutStage.FULL, Kind.MOVED);
    happened(NOW, RolloutStage.FULL, RolloutStage.FULL, Kind.CLEARED);
    assertAgainst(RolloutStage.DONE, "for 1440 minutes, until 2026-12-01T12:00:00.001Z", "");
    assertThat(check(RolloutStage.DONE).lines())
        .as("legacy may have gone")
        .extracting(Line::what)
        .noneMatch(what -> what.startsWith("the implementation"));
    history.clear();
    happened(NOW.minus(SOAK), PARTIAL, RolloutStage.FULL, Kind.MOVED);
    assertReady(RolloutStage.DONE, "the stage full is to be kept for 1440 minutes, and was");
  }

  @Test
  void sinceWhenAStageIsThereFollowsFromTheHistory() {
    assertThat(ReadinessCheck.since(RolloutStage.FULL, history)).isEmpty();
    happened(NOW, PARTIAL, RolloutStage.FULL, Kind.MOVED);
    happened(NOW.plusSeconds(1), RolloutStage.FULL, RolloutStage.FULL, Kind.CLEARED);
    assertThat(ReadinessCheck.since(RolloutStage.FULL, history)).contains(NOW);
    assertThat(ReadinessCheck.since(RolloutStage.OFF, history)).isEmpty();
    assertThat(ReadinessCheck.soakEnds(RolloutStage.FULL, history, SETTINGS))
        .contains(NOW.plus(SOAK));
    assertThat(ReadinessCheck.soakEnds(PARTIAL, history, SETTINGS)).isEmpty();
  }

  @Test
  void inDoneNothingIsToBeKeptInStep() {
    serveEts(RolloutStage.DONE);
    mirror = MirrorStatus.NONE;
    assertThat(check(RolloutStage.DONE).lines())
        .extracting(Line::what)
        .contains("no implementation is to be kept in step");
  }
}

package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StagesTest {

  private static final FlagValue OFF = FlagValue.OFF;
  private static final FlagValue ON = FlagValue.ON;
  private static final FlagValue TEN = FlagValue.percentage(10);
  private static final StageFlags NOTHING = flags(OFF, OFF, OFF, OFF);
  private static final StageFlags SHADOW = flags(OFF, ON, OFF, OFF);
  private static final StageFlags PARTIAL = flags(TEN, OFF, OFF, OFF);
  private static final StageFlags FULL = flags(ON, OFF, OFF, OFF);
  private static final StageFlags DONE = flags(ON, OFF, ON, OFF);
  private static final StageFlags ENFORCED = flags(ON, OFF, ON, ON);

  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);
  private StageFlags flags = NOTHING;
  private Optional<FlagChange> latest = Optional.empty();
  private final Stages stages = stages(List.of(), Optional.empty(), false);

  private Stages stages(List<RolloutChange> history, Optional<String> hold, boolean retreating) {
    return new Stages(clock, history, hold, retreating, () -> flags, () -> latest);
  }

  private static StageFlags flags(FlagValue use, FlagValue shadow, FlagValue retire, FlagValue no) {
    return new StageFlags(use, shadow, retire, no, true);
  }

  private Stages.Outcome read(StageFlags now) {
    flags = now;
    return stages.read();
  }

  private RolloutStage stage() {
    return stages.state().stage();
  }

  /** F3.1 */
  @Test
  void theStageFollowsFromTheFlags() {
    assertThat(read(NOTHING).changed()).as("news of nothing").isFalse();
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
    read(SHADOW);
    assertThat(stage()).isEqualTo(RolloutStage.SHADOW);
    read(PARTIAL);
    assertThat(stage()).isEqualTo(RolloutStage.partial(TEN));
    read(FULL);
    assertThat(stage()).isEqualTo(RolloutStage.FULL);
    read(DONE);
    assertThat(stage()).isEqualTo(RolloutStage.DONE);
    assertThat(stages.state().enforced()).isFalse();
    read(ENFORCED);
    assertThat(stages.state().enforced()).isTrue();
    read(flags(ON, ON, OFF, OFF));
    assertThat(stage()).as("the flag for shadow does not count later").isEqualTo(RolloutStage.FULL);
    assertThat(stages.history())
        .extracting(RolloutChange::from, RolloutChange::to)
        .startsWith(
            tuple(RolloutStage.OFF, RolloutStage.SHADOW),
            tuple(RolloutStage.SHADOW, RolloutStage.partial(TEN)))
        .hasSize(5);
  }

  /** F3.3: every combination of values is a stage or is refused, and nothing else. */
  @Test
  void anIllegalCombinationIsRefusedInOneLineAndTheStageStays() {
    List<FlagValue> values = List.of(OFF, TEN, ON);
    int refused = 0;
    for (FlagValue use : values) {
      for (FlagValue shadow : values) {
        for (FlagValue retire : values) {
          for (FlagValue enforce : values) {
            StageFlags any = flags(use, shadow, retire, enforce);
            read(PARTIAL);
            Stages.Outcome outcome = read(any);
            if (any.problem().isPresent()) {
              refused++;
              assertThat(stage()).as("%s", any).isEqualTo(RolloutStage.partial(TEN));
              assertThat(outcome.warning()).isEqualTo(any.problem());
              assertThat(outcome.warning().orElseThrow()).doesNotContain("\n").contains("allowed");
              assertThat(stages.read().warning()).as("a second time").isEmpty();
            } else {
              assertThat(stage()).isEqualTo(any.stage());
              assertThat(any.retire().isOn() && !any.useEts().isOn()).isFalse();
              assertThat(any.enforce().isOn() && !any.retire().isOn()).isFalse();
            }
          }
        }
      }
    }
    assertThat(refused).isEqualTo(81 - 10);
  }

  private static void assertOneChange(Stages.Outcome outcome, Source source, String reason) {
    assertThat(outcome.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.source()).isEqualTo(source);
              assertThat(change.reason()).isEqualTo(reason);
            });
  }

  @Test
  void theHistoryTellsWhoChangedTheFlags() {
    read(NOTHING);
    latest =
        Optional.of(
            new FlagChange(
                Instant.EPOCH, "f", OFF, ON, true, "by flags:enable", FlagChange.Source.CALL));
    assertOneChange(read(FULL), Source.CALL, "by flags:enable");
    latest = Optional.empty();
    assertThat(read(NOTHING).changes().get(0).source()).isEqualTo(Source.CONFIGURATION);
    Stages.Move move =
        stages.begin(RolloutStage.OFF, RolloutStage.SHADOW, Source.COMMAND, true, "why not");
    assertThat(read(SHADOW).changes())
        .containsExactly(
            new RolloutChange(
                Instant.ofEpochMilli(5),
                RolloutStage.OFF,
                RolloutStage.SHADOW,
                Kind.MOVED,
                Source.COMMAND,
                true,
                "why not"));
    stages.end(move);
    assertThat(stages.bookedTo(move)).isPresent();
  }

  /** F3.14 */
  @Test
  void aChangeOfTheFlagsThatIsNoCallIsOneOfTheConfiguration() {
    read(NOTHING);
    latest =
        Optional.of(
            new FlagChange(
                Instant.EPOCH, "f", OFF, ON, true, "a file", FlagChange.Source.CONFIGURATION));
    assertOneChange(read(FULL), Source.CONFIGURATION, "changed in the configuration");
  }

  /** F3.7, F3.13 */
  @Test
  void whatEndsAMoveTellsWhatCameOfIt() {
    read(NOTHING);
    Stages.Move move =
        stages.begin(RolloutStage.OFF, RolloutStage.SHADOW, Source.CALL, false, "why");
    flags = SHADOW;
    assertThat(stages.end(move))
        .hasSize(2)
        .extracting(Stages.Outcome::changed)
        .containsExactly(true, false);
    assertThat(stages.isOvertaken(move)).isFalse();
    assertThat(stages.nothing(Kind.CLEARED, Source.COMMAND, "for nothing"))
        .isEqualTo(
            new RolloutChange(
                Instant.ofEpochMilli(5),
                RolloutStage.SHADOW,
                RolloutStage.SHADOW,
                Kind.CLEARED,
                Source.COMMAND,
                false,
                "for nothing"));
  }

  /** F3.7 */
  @Test
  void aRollbackToWhatTheFlagsSayAlreadyIsOver() {
    read(NOTHING);
    stages.rollback(Source.CALL, "to be sure");
    assertThat(stages.state().retreating()).isFalse();
    Stages.Move move = stages.begin(RolloutStage.OFF, RolloutStage.SHADOW, Source.CALL, false, "");
    stages.rollback(Source.CALL, "somebody is about to change them");
    assertThat(stages.state().retreating()).isTrue();
    stages.end(move);
    read(NOTHING);
    assertThat(stages.state().retreating()).isFalse();
  }

  /** F3.10 */
  @Test
  void theLastGoodStageOutlivesARestart() {
    read(FULL);
    flags = flags(OFF, OFF, ON, OFF);
    Stages next = stages(stages.history(), Optional.empty(), false);
    assertThat(next.history()).isNotEmpty().isEqualTo(stages.history());
    next.read();
    assertThat(next.state().stage()).isEqualTo(RolloutStage.FULL);
    assertThat(next.state().problem()).isPresent();
    flags = SHADOW;
    assertThat(next.read().changes().get(0).source()).isEqualTo(Source.CONFIGURATION);
  }

  /** F3.7 */
  @Test
  void aRollbackHoldsWhateverTheFlagsStillSay() {
    read(FULL);
    Stages.Outcome outcome = stages.rollback(Source.CALL, "bad");
    assertThat(outcome.changes().get(0).kind()).isEqualTo(Kind.ROLLED_BACK);
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
    assertThat(stages.state().retreating()).isTrue();
    stages.read();
    assertThat(stage()).as("with the flags as they were").isEqualTo(RolloutStage.OFF);
    read(NOTHING);
    assertThat(stages.state().retreating()).isFalse();
    read(FULL);
    assertThat(stage()).as("turned on later").isEqualTo(RolloutStage.FULL);
  }

  @Test
  void whoeverChangesTheFlagsAfterARollbackIsFollowed() {
    read(FULL);
    stages.rollback(Source.CALL, "bad");
    read(SHADOW);
    assertThat(stage()).isEqualTo(RolloutStage.SHADOW);
    assertThat(stages.state().retreating()).isFalse();
  }

  /** F3.7: what was under way before the rollback is not somebody who came after it. */
  @Test
  void aMoveThatWasUnderWayDoesNotUndoARollback() {
    read(PARTIAL);
    Stages.Move move =
        stages.begin(RolloutStage.partial(TEN), RolloutStage.FULL, Source.CALL, false, "");
    stages.rollback(Source.GUARD, "figures");
    read(FULL);
    assertThat(stage()).as("while it is under way").isEqualTo(RolloutStage.OFF);
    stages.end(move);
    assertThat(stage()).as("once it has ended").isEqualTo(RolloutStage.OFF);
    assertThat(stages.bookedTo(move)).isEmpty();
    assertThat(stages.isOvertaken(move)).isTrue();
    assertThat(stages.state().retreating()).isTrue();
    read(NOTHING);
    assertThat(stages.state().retreating()).isFalse();
  }

  /** F3.9 */
  @Test
  void theGuardHoldsPromotionUntilSomebodyClearsIt() {
    read(PARTIAL);
    stages.rollback(Source.GUARD, "too slow");
    read(NOTHING);
    assertThat(stages.state().hold()).hasValue("too slow");
    Stages.Outcome outcome = read(FULL);
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
    assertThat(outcome.warning()).hasValueSatisfying(s -> assertThat(s).contains("too slow"));
    List<Stages.Outcome> cleared = stages.clear(Source.COMMAND, "mended");
    assertThat(cleared.get(0).changes().get(0).kind()).isEqualTo(Kind.CLEARED);
    assertThat(stage()).as("what the flags say, now").isEqualTo(RolloutStage.FULL);
    assertThat(stages.clear(Source.COMMAND, "again").get(0).changes()).isEmpty();
  }

  @Test
  void aHoldDoesNotKeepAForcedMoveNorAWayBack() {
    read(PARTIAL);
    stages.rollback(Source.GUARD, "too slow");
    read(NOTHING);
    Stages.Move move =
        stages.begin(RolloutStage.OFF, RolloutStage.SHADOW, Source.COMMAND, true, "I know");
    read(SHADOW);
    stages.end(move);
    assertThat(stage()).isEqualTo(RolloutStage.SHADOW);
    read(NOTHING);
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
    assertThat(stages.state().hold()).isPresent();
  }

  @Test
  void whatTheGuardSawOfAStageThatIsOverChangesNothing() {
    read(FULL);
    read(SHADOW);
    assertThat(stages.rollbackByGuard(RolloutStage.FULL, "late").changed()).isFalse();
    assertThat(stage()).isEqualTo(RolloutStage.SHADOW);
    assertThat(stages.state().hold()).isEmpty();
    assertThat(stages.rollbackByGuard(RolloutStage.SHADOW, "in time").changed()).isTrue();
    assertThat(stages.state().hold()).hasValue("in time");
  }

  /** F3.6 */
  @Test
  void whereLegacyIsForbiddenNobodyGoesBack() {
    read(ENFORCED);
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(() -> stages.rollback(Source.CALL, ""))
        .withMessageContaining("flags:disable " + Rollout.ENFORCE);
    read(flags(OFF, OFF, ON, ON));
    assertThat(stage()).isEqualTo(RolloutStage.DONE);
    assertThat(stages.state().enforced()).isTrue();
    read(DONE);
    stages.rollback(Source.CALL, "");
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
  }

  @Test
  void aMoveFromAStageThatIsNoMoreIsRefused() {
    read(SHADOW);
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(
            () -> stages.begin(RolloutStage.OFF, RolloutStage.SHADOW, Source.CALL, false, ""))
        .withMessageContaining("shadow");
  }

  @Test
  void theHistoryIsBounded() {
    List<StageFlags> turns = List.of(SHADOW, NOTHING);
    List<RolloutChange> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.addAll(read(turns.get(i % 2)).changes());
    }
    assertThat(all).hasSize(500);
    assertThat(stages.history()).isEqualTo(all.subList(300, 500));
  }

  @Test
  void aRollbackThatWasNotWrittenGoesOnAfterARestart() {
    flags = FULL;
    RolloutChange before =
        new RolloutChange(
            Instant.EPOCH,
            RolloutStage.FULL,
            RolloutStage.OFF,
            Kind.ROLLED_BACK,
            Source.GUARD,
            false,
            "bad");
    Stages next = stages(List.of(before), Optional.of("bad"), true);
    next.read();
    assertThat(next.state().stage()).isEqualTo(RolloutStage.OFF);
    assertThat(next.state().retreating()).isTrue();
    flags = NOTHING;
    next.read();
    assertThat(next.state().retreating()).isFalse();
    assertThat(next.state().hold()).hasValue("bad");
  }
}

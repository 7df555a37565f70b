package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Operation;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** F3.8 */
class GuardTest {

  private static final RolloutSettings SETTINGS = RolloutSettings.DEFAULT;
  private static final long MICRO = 1_000;
  private static final MirrorStatus IN_STEP =
      new MirrorStatus("legacy", MirrorStatus.State.IN_STEP, "");
  private static final Baseline BASELINE =
      new Baseline(Map.of(Operation.LOOKUP, 2_000 * MICRO, Operation.QUERY, 10 * MICRO));

  private final Map<Operation, Calls> calls = new EnumMap<>(Operation.class);
  private final List<SwapReport> swaps = new ArrayList<>();
  private Guard guard = guard(RolloutStage.FULL);
  private String active = "ets";
  private MirrorStatus mirror = IN_STEP;
  private ComparisonReport comparison = ComparisonReport.NONE;
  private Instant now = Instant.EPOCH.plusSeconds(1_000);

  private static Guard guard(RolloutStage stage) {
    return new Guard(stage, Instant.EPOCH, BASELINE);
  }

  private Optional<Breach> look() {
    Sight sight =
        new Sight(
            Duration.between(Instant.EPOCH, now).toNanos(),
            active,
            new CallStatistics(now, Map.of(active, Map.copyOf(calls))),
            comparison,
            mirror,
            List.copyOf(swaps));
    Optional<Breach> breach = guard.look(sight, now, SETTINGS);
    now = now.plusMillis(200);
    return breach;
  }

  private void called(Operation operation, int number, int errors, long nanos) {
    long[] all = new long[number];
    Arrays.fill(all, nanos);
    calls.merge(operation, new Calls(number, errors, Latencies.of(all)), Calls::plus);
  }

  private void assertFine() {
    assertThat(look()).isEmpty();
  }

  private void assertBreach(String... parts) {
    assertThat(look().map(Breach::toString))
        .hasValueSatisfying(text -> assertThat(text).contains(parts));
  }

  @Test
  void withNothingWrongThereIsNoBreach() {
    assertFine();
    for (int i = 0; i < 100; i++) {
      called(Operation.LOOKUP, 1_000, 40, 3_000 * MICRO);
      called(Operation.QUERY, 1_000, 0, 900 * MICRO);
      assertFine();
    }
  }

  @Test
  void moreErrorsThanAllowedAreABreach() {
    assertFine();
    called(Operation.UPDATE, 1_000, 51, MICRO);
    assertBreach("errors of UPDATE", "5.10% of 1000 calls", "at most 5.00%", "within 10 s");
  }

  @Test
  void asManyErrorsAsAllowedAreNoBreach() {
    assertFine();
    called(Operation.UPDATE, 1_000, 50, MICRO);
    assertFine();
  }

  @Test
  void theWindowBeginsWithTheLookThatIsAsOldAsIt() {
    Instant start = now;
    assertFine();
    called(Operation.UPDATE, 60, 10, MICRO);
    now = start.plusSeconds(1);
    assertFine();
    called(Operation.UPDATE, 60, 0, MICRO);
    now = start.plusSeconds(1 + SETTINGS.windowSeconds());
    assertThat(look()).as("10 errors of 120, of before the window").isEmpty();
  }

  @Test
  void aFewCallsAreNotJudged() {
    assertFine();
    called(Operation.UPDATE, 50, 50, MICRO);
    called(Operation.QUERY, 49, 0, 1_000_000 * MICRO);
    assertFine();
    called(Operation.LIST, 1, 0, MICRO);
    assertBreach("errors of all calls");
  }

  @Test
  void whatIsOlderThanTheWindowDoesNotCount() {
    assertFine();
    called(Operation.UPDATE, 99, 40, MICRO);
    assertFine();
    now = now.plusSeconds(11);
    assertFine();
    called(Operation.UPDATE, 99, 0, MICRO);
    assertFine();
    called(Operation.UPDATE, 10, 0, MICRO);
    assertFine();
  }

  @Test
  void aSlowOperationIsABreachOnlyOverTwiceTheBaselineAndOverTheFloor() {
    assertFine();
    called(Operation.LOOKUP, 1_000, 0, 3_900 * MICRO);
    assertFine();
    called(Operation.QUERY, 1_000, 0, 950 * MICRO);
    assertFine();
    called(Operation.COUNT, 1_000, 0, 90_000 * MICRO);
    assertThat(look()).as("an operation without a baseline").isEmpty();
    called(Operation.LOOKUP, 20, 0, 20_000 * MICRO);
    assertThat(look()).as("2% of 1,000, which may be chance").isEmpty();
    called(Operation.LOOKUP, 60, 0, 20_000 * MICRO);
    assertBreach("p99 of LOOKUP", "at most 4.000 ms", "a baseline of 2.000 ms", "80 of 1080");
  }

  @Test
  void asManySlowCallsAsAreNeededAreEnough() {
    assertFine();
    called(Operation.QUERY, SETTINGS.latencyMinCalls() - 1, 0, 90_000 * MICRO);
    assertFine();
    called(Operation.QUERY, 1, 0, 90_000 * MICRO);
    assertBreach("p99 of QUERY");
  }

  /** A slow backend leaves few calls to measure. */
  @Test
  void threeMeasuredCallsAreEnoughIfAllAreSlow() {
    assertFine();
    calls.put(Operation.QUERY, new Calls(60, 0, Latencies.of(20_000_000, 20_000_000)));
    assertFine();
    calls.put(Operation.LOOKUP, new Calls(200, 0, Latencies.of(20_000_000)));
    assertBreach("p99 of all calls", "3 of 3 measured calls");
  }

  @Test
  void theNumberOfLookupsIsAnEstimate() {
    assertFine();
    called(Operation.LOOKUP, 512, 30, MICRO);
    assertThat(look()).as("5.9% of 512 may be 3% of 1,000").isEmpty();
    called(Operation.LOOKUP, 4_488, 500, MICRO);
    assertBreach("errors of LOOKUP");
  }

  @Test
  void slowCallsOfAnExchangeAreNotThoseOfTheImplementation() {
    assertFine();
    called(Operation.QUERY, 1_000, 0, 90_000 * MICRO);
    swaps.add(swap(1, "ets", SwapReport.Outcome.COMPLETED));
    assertFine();
    mirror = new MirrorStatus("legacy", MirrorStatus.State.FILLING, "");
    called(Operation.QUERY, 1_000, 0, 90_000 * MICRO);
    assertFine();
    called(Operation.QUERY, 1_000, 0, 90_000 * MICRO);
    assertFine();
    mirror = IN_STEP;
    called(Operation.QUERY, 1_000, 0, 90_000 * MICRO);
    assertFine();
    called(Operation.QUERY, 1_000, 0, 90_000 * MICRO);
    assertBreach("p99 of QUERY");
  }

  @Test
  void whileLegacyServesItsFiguresAreNotJudged() {
    active = "legacy";
    guard = guard(RolloutStage.SHADOW);
    assertFine();
    called(Operation.QUERY, 1_000, 1_000, 90_000 * MICRO);
    assertFine();
  }

  @Test
  void oneDifferenceIsABreachInPartialAndFullAndNotInShadow() {
    ComparisonReport one =
        new ComparisonReport(
            50, 0, Map.of(Operation.LOOKUP, Map.of(Kind.MISSING, 1L)), 7, 7, List.of());
    for (RolloutStage stage :
        List.of(RolloutStage.partial(FlagValue.percentage(1)), RolloutStage.FULL)) {
      comparison = ComparisonReport.NONE;
      guard = guard(stage);
      assertFine();
      comparison = one;
      assertBreach("unexplained differences", "1 in 50 comparisons", "stage " + stage);
      guard = guard(stage);
      assertThat(look()).as("one from before the stage").isEmpty();
    }
    comparison = ComparisonReport.NONE;
    guard = guard(RolloutStage.SHADOW);
    assertFine();
    comparison = one;
    assertFine();
  }

  @Test
  void differencesCountFromWhenTheStageBeganAndTheLastOneIsTold() {
    comparison = comparison(100, 3, List.of());
    assertFine();
    long needed = SETTINGS.mismatchMinCompared();
    comparison = comparison(100 + needed - 1, 5, List.of());
    assertThat(look()).as("differences in too few comparisons").isEmpty();
    ComparisonReport.Difference first = difference(Kind.EXTRA, "a");
    comparison = comparison(100 + needed, 5, List.of(first, difference(Kind.MISSING, "b")));
    assertBreach("2 in " + needed + " comparisons, the last one MISSING at LOOKUP", "b");
  }

  private static ComparisonReport comparison(
      long compared, long missing, List<ComparisonReport.Difference> latest) {
    return new ComparisonReport(
        compared, 0, Map.of(Operation.LOOKUP, Map.of(Kind.MISSING, missing)), 0, 0, latest);
  }

  private ComparisonReport.Difference difference(Kind kind, String id) {
    return new ComparisonReport.Difference(
        now, Operation.LOOKUP, id, kind, "ets", "legacy", "one", "another");
  }

  @Test
  void aGuardIsThatOfOneStageSinceItBegan() {
    assertThat(guard.stage()).isEqualTo(RolloutStage.FULL);
    assertThat(guard.isOf(RolloutStage.FULL, Instant.EPOCH)).isTrue();
    assertThat(guard.isOf(RolloutStage.FULL, Instant.EPOCH.plusMillis(1))).isFalse();
    assertThat(guard.isOf(RolloutStage.DONE, Instant.EPOCH)).isFalse();
  }

  @Test
  void threeFailedSwapsWithinAMinuteAreABreachThoughOneWasCompletedInBetween() {
    swaps.add(swap(1, "ets", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(2, "ets", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(3, "ets", SwapReport.Outcome.COMPLETED));
    swaps.add(swap(4, "ets", SwapReport.Outcome.ABANDONED));
    assertBreach("failed swaps to ets", "3, the last one", "within a minute");
  }

  @Test
  void threeFailedSwapsOneAfterTheOtherAreABreachHoweverLongTheyTake() {
    for (int i = 1; i <= 3; i++) {
      assertFine();
      now = now.plusSeconds(100);
      swaps.add(swap(i, "ets", SwapReport.Outcome.ABANDONED));
    }
    assertBreach("failed swaps to ets", "3, the last one", "one after the other");
  }

  @Test
  void failedSwapsOfBeforeTheStageDoNotCount() {
    for (int i = 1; i <= 3; i++) {
      swaps.add(swap(i, "ets", SwapReport.Outcome.ABANDONED));
    }
    now = now.plusSeconds(1);
    guard = new Guard(RolloutStage.FULL, now, BASELINE);
    assertFine();
  }

  @Test
  void threeFailedSwapsAreABreach() {
    swaps.add(swap(1, "ets", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(2, "legacy", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(3, "ets", SwapReport.Outcome.ABANDONED));
    assertFine();
    swaps.add(swap(4, "ets", SwapReport.Outcome.ABANDONED));
    assertBreach("failed swaps to ets", "3, the last one because it did", "less than 3");
  }

  @Test
  void failedSwapsOfEarlierDoNotCountOnceOneWasCompleted() {
    swaps.add(swap(1, "ets", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(2, "ets", SwapReport.Outcome.ABANDONED));
    swaps.add(swap(3, "ets", SwapReport.Outcome.COMPLETED));
    now = now.plusSeconds(100);
    swaps.add(swap(4, "ets", SwapReport.Outcome.ABANDONED));
    assertFine();
  }

  private SwapReport swap(long number, String to, SwapReport.Outcome outcome) {
    String from = to.equals("ets") ? "legacy" : "ets";
    return new SwapReport(
        number, now, from, to, 0, 0, 0, 0, 0, 0, outcome, "it did", SwapEvidence.NONE);
  }

  @Test
  void aFailedMirrorIsABreachIfItIsEts() {
    mirror = new MirrorStatus("legacy", MirrorStatus.State.FAILED, "it threw");
    assertFine();
    mirror = new MirrorStatus("ets", MirrorStatus.State.MISSING, "");
    assertFine();
    mirror = new MirrorStatus("ets", MirrorStatus.State.FAILED, "it threw");
    assertBreach("the mirror ets", "it threw");
  }

  @Test
  void theBaselineIsMeasuredWhileLegacyServesAndOutlivesARestart() {
    CallStatistics measured =
        new CallStatistics(
            now,
            Map.of(
                "legacy",
                Map.of(
                    Operation.LOOKUP,
                    new Calls(
                        20, 0, Latencies.of(LongStream.range(0, 20).map(i -> i % 6).toArray())),
                    Operation.QUERY,
                    new Calls(1, 0, Latencies.of(7))),
                "ets",
                Map.of(Operation.COUNT, new Calls(3, 0, Latencies.of(1, 2, 3)))));
    Baseline baseline = Baseline.of(measured, Baseline.NONE);
    assertThat(baseline.nanos()).isEqualTo(Map.of(Operation.LOOKUP, 5L));
    List<Note> notes = new ArrayList<>(baseline.notes());
    notes.add(new Note("baseline.NONSENSE", "1"));
    notes.add(new Note("baseline.LIST", "x"));
    notes.add(new Note("hold", "1"));
    assertThat(Baseline.noted(notes)).isEqualTo(baseline);
    assertThat(Baseline.of(CallStatistics.NONE, baseline)).isEqualTo(baseline);
  }
}

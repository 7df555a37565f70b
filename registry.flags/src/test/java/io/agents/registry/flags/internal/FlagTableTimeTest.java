package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagChange.Source;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flags and the clock, and flags that are kept elsewhere: F2.3 to F2.6. */
class FlagTableTimeTest {

  /** A clock that stands where it is put. */
  private static final class StandingClock extends Clock {
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final StandingClock clock = new StandingClock();
  private final FlagTable table = new FlagTable(clock, "node-1", List.of());
  private long ticket;

  @BeforeEach
  void define() {
    table.defined(
        new Definitions.Holding(
            1,
            List.of(
                FlagDefinition.of(FeatureFlags.USE_ETS, "", FlagValue.OFF),
                FlagDefinition.of("on_by_default", "", FlagValue.ON),
                FlagDefinition.temporary(
                    "temporary", "", FlagValue.OFF, LocalDate.parse("2026-12-24")))));
  }

  private FlagTable.Outcome configure(Map<String, Object> values) {
    return table.configured(++ticket, values);
  }

  private FlagTable.Outcome at(String time) {
    clock.now = Instant.parse(time);
    return table.timeCame();
  }

  private FlagState state(String flag) {
    return table.flags().get(flag);
  }

  @Test
  void aValueWithTimesCountsBetweenThemAndTheDefaultElse() {
    configure(
        Map.of(
            FeatureFlags.USE_ETS,
            "on from 2026-12-01 until 2026-12-02",
            "on_by_default",
            "off from 2026-12-01T06:00Z"));
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isFalse();
    assertThat(state(FeatureFlags.USE_ETS).configured()).isTrue();
    assertThat(state(FeatureFlags.USE_ETS).value())
        .hasToString("on from 2026-12-01T00:00:00Z until 2026-12-02T00:00:00Z");
    assertThat(state(FeatureFlags.USE_ETS).inForce()).isEqualTo(FlagValue.OFF);
    assertThat(state("on_by_default").onHere()).isTrue();
    assertThat(table.nextTime()).contains(Instant.parse("2026-12-01T00:00:00Z"));

    FlagTable.Outcome begun = at("2026-12-01T00:00:00Z");
    assertThat(begun.changed()).isTrue();
    assertThat(begun.changes())
        .extracting(FlagChange::flag, c -> c.from().toString(), FlagChange::source)
        .containsExactly(tuple(FeatureFlags.USE_ETS, "off", Source.TIME));
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isTrue();
    assertThat(state("on_by_default").onHere()).isTrue();
    assertThat(table.nextTime()).contains(Instant.parse("2026-12-01T06:00:00Z"));

    at("2026-12-01T07:00:00Z");
    assertThat(state("on_by_default").onHere()).isFalse();
    assertThat(table.nextTime()).contains(Instant.parse("2026-12-02T00:00:00Z"));

    at("2026-12-02T00:00:00Z");
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isFalse();
    assertThat(state("on_by_default").onHere()).isFalse();
    assertThat(table.history()).hasSize(3).allMatch(change -> change.source() == Source.TIME);
  }

  @Test
  void anEvaluationForAnotherContextSeesWhatCountsNow() {
    configure(Map.of(FeatureFlags.USE_ETS, "on for node-2 from 2026-12-01"));
    at("2026-12-01T00:00:00Z");
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isFalse();
    table.named("node-2");
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isTrue();
  }

  @Test
  void aTimeThatNeverComesIsNotWaitedFor() {
    configure(Map.of());
    at("2026-12-25T00:00:00Z");
    assertThat(table.nextTime()).isEmpty();
    configure(Map.of(FeatureFlags.USE_ETS, "on from 2026-12-01"));
    assertThat(table.nextTime()).isEmpty();
    assertThat(at("2026-12-25T00:00:01Z"))
        .isEqualTo(new FlagTable.Outcome(false, List.of(), List.of()));
  }

  @Test
  void aDefaultThatDoesNotHoldIsOff() {
    table.defined(
        new Definitions.Holding(
            2, List.of(FlagDefinition.of("late", "", FlagValue.parse("on from 2026-12-01")))));
    configure(Map.of());
    assertThat(state("late").onHere()).isFalse();
    assertThat(table.nextTime()).contains(Instant.parse("2026-12-01T00:00:00Z"));
    at("2026-12-01T00:00:00Z");
    assertThat(state("late").onHere()).isTrue();
  }

  @Test
  void aTemporaryFlagIsOverdueWhenItsDayIsOver() {
    configure(Map.of());
    assertThat(state("temporary").removeBy()).contains(LocalDate.parse("2026-12-24"));
    assertThat(state("temporary").overdue()).isFalse();
    assertThat(table.nextTime()).contains(Instant.parse("2026-12-25T00:00:00Z"));
    at("2026-12-24T23:59:59Z");
    assertThat(state("temporary").overdue()).isFalse();
    FlagTable.Outcome over = at("2026-12-25T00:00:00Z");
    assertThat(state("temporary").overdue()).isTrue();
    assertThat(over.changes()).as("its value is what it was").isEmpty();
    assertThat(state("on_by_default").removeBy()).isEmpty();
    assertThat(state("on_by_default").overdue()).isFalse();
  }

  @Test
  void anAnswerFromElsewhereTakesThePlaceOfTheDefault() {
    configure(Map.of());
    FlagTable.Outcome answered = table.answered(new ExternalSource.Answer(1, "elsewhere", true));
    assertThat(answered.changes()).extracting(FlagChange::source).containsExactly(Source.EXTERNAL);
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isTrue();
    assertThat(state(FeatureFlags.USE_ETS).configured()).isFalse();
    assertThat(state(FeatureFlags.USE_ETS).external()).isEqualTo("elsewhere");
    assertThat(state("temporary").external()).isEmpty();
    assertThat(state("temporary").onHere()).as("only the registry's flag").isFalse();

    configure(Map.of(FeatureFlags.USE_ETS, "off"));
    assertThat(state(FeatureFlags.USE_ETS).onHere()).as("what is configured here wins").isFalse();
    assertThat(state(FeatureFlags.USE_ETS).external()).isEmpty();

    configure(Map.of());
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isTrue();
    assertThat(table.answered(new ExternalSource.Answer(1, "elsewhere", false)).changed())
        .as("an answer that was overtaken")
        .isFalse();
    table.answered(new ExternalSource.Answer(2, "", null));
    assertThat(state(FeatureFlags.USE_ETS).onHere()).isFalse();
  }
}

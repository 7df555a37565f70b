package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagChange;
import io.agents.registry.flags.FlagDefinition;
import io.agents.registry.flags.FlagValue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlagTableTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final FlagTable table =
      new FlagTable(Clock.fixed(NOW.plusNanos(999), ZoneOffset.UTC), "node-1", List.of());
  private long ticket;
  private long version;

  @BeforeEach
  void twoFlags() {
    define(FlagDefinition.of("one", "", FlagValue.OFF), FlagDefinition.of("two", "", FlagValue.ON));
  }

  private FlagTable.Outcome define(FlagDefinition... definitions) {
    return table.defined(new Definitions.Holding(++version, List.of(definitions)));
  }

  private FlagTable.Outcome configure(Map<String, Object> values) {
    return table.configured(++ticket, values);
  }

  private String value(String flag) {
    return table.flags().get(flag).value().toString();
  }

  /** F1.1 */
  @Test
  void defaultsHoldUntilSomethingIsConfigured() {
    assertThat(configure(Map.of()).changes()).isEmpty();
    assertThat(table.flags().get("one").onHere()).isFalse();
    assertThat(table.flags().get("two").onHere()).isTrue();
    assertThat(table.flags().get("two").configured()).isFalse();
    configure(Map.of("one", "25", "two", false));
    assertThat(value("one")).isEqualTo("25%");
    assertThat(value("two")).isEqualTo("off");
    assertThat(table.flags().get("two").configured()).isTrue();
  }

  /** F1.10: what stands there at the start is no change. */
  @Test
  void theFirstReadingIsNoChange() {
    assertThat(configure(Map.of("one", true)).changes()).isEmpty();
    assertThat(table.history()).isEmpty();
    assertThat(value("one")).isEqualTo("on");
  }

  /** F1.7, R13.6 */
  @Test
  void aBadValueIsReportedOnceKeepsTheLastGoodOneAndLetsTheOthersTakeEffect() {
    configure(Map.of("one", "10"));
    FlagTable.Outcome outcome = configure(Map.of("one", 150, "two", "50"));
    assertThat(outcome.warnings())
        .containsExactly(
            "configuration io.agents.registry.flags, key one: 150 is no value of a flag; allowed are "
                + FlagValue.ALLOWED
                + "; the flag stays 10%");
    assertThat(value("one")).isEqualTo("10%");
    assertThat(value("two")).isEqualTo("50%");
    assertThat(configure(Map.of("one", 150, "two", "51")).warnings()).isEmpty();
    assertThat(configure(Map.of("one", "bad", "two", "51")).warnings()).hasSize(1);
    assertThat(configure(Map.of("one", "20", "two", "51")).warnings()).isEmpty();
    assertThat(configure(Map.of("one", "bad", "two", "51")).warnings()).hasSize(1);
    assertThat(value("one")).isEqualTo("20%");
    assertThat(table.history()).extracting(FlagChange::flag).containsExactly("two", "two", "one");
  }

  @Test
  void aBadValueBeforeAnyGoodOneLeavesTheDefault() {
    assertThat(configure(Map.of("one", new int[] {1})).warnings()).hasSize(1);
    assertThat(value("one")).isEqualTo("off");
    assertThat(table.flags().get("one").configured()).isFalse();
    define(FlagDefinition.of("one", "", FlagValue.ON));
    assertThat(value("one")).isEqualTo("on");
  }

  /** F1.8, F1.9, R13.7 */
  @Test
  void anUnknownKeyIsReportedOnceAndTakesEffectWhenItsFlagComes() {
    Map<String, Object> values =
        Map.of(
            "three", "on",
            "service.pid", "x",
            "felix.fileinstall.filename", "file:x.cfg",
            "component.id", 1L,
            ".private", "y");
    FlagTable.Outcome outcome = configure(values);
    assertThat(outcome.warnings())
        .singleElement()
        .asString()
        .contains("unknown key 'three'", FeatureFlags.PID, "one, two");
    assertThat(configure(values).warnings()).isEmpty();
    FlagDefinition three = FlagDefinition.of("three", "", FlagValue.OFF);
    assertThat(define(three).warnings()).isEmpty();
    assertThat(table.flags()).containsOnlyKeys("three");
    assertThat(value("three")).isEqualTo("on");
    assertThat(table.history()).isEmpty();
  }

  /** The order of events is not that of changes: a reading that was overtaken is dropped. */
  @Test
  void aReadingThatWasOvertakenIsDropped() {
    configure(Map.of());
    assertThat(table.configured(9, Map.of("one", "on")).changed()).isTrue();
    assertThat(table.configured(8, Map.of("one", "off"))).isEqualTo(FlagTable.Outcome.NOTHING);
    assertThat(value("one")).isEqualTo("on");
    assertThat(table.history()).hasSize(1);
  }

  @Test
  void definitionsThatWereOvertakenAreDropped() {
    configure(Map.of());
    assertThat(table.defined(new Definitions.Holding(9, List.of())).changed()).isTrue();
    define(FlagDefinition.of("one", "", FlagValue.OFF));
    assertThat(table.flags()).isEmpty();
  }

  /** F1.10 */
  @Test
  void changesTellSourceAndReason() {
    configure(Map.of());
    Intent intent = new Intent(Map.of("one", Optional.of(FlagValue.ON)), "because");
    table.expect(intent);
    configure(Map.of("one", "true", "two", "off"));
    table.finish();
    define(
        FlagDefinition.of("one", "", FlagValue.OFF), FlagDefinition.of("two", "", FlagValue.OFF));
    configure(Map.of("one", "true"));
    define(FlagDefinition.of("one", "", FlagValue.OFF), FlagDefinition.of("two", "", FlagValue.ON));
    assertThat(table.history())
        .containsExactly(
            change("one", FlagValue.OFF, FlagValue.ON, true, "because", FlagChange.Source.CALL),
            change(
                "two",
                FlagValue.ON,
                FlagValue.OFF,
                true,
                Trigger.CONFIGURATION.reason(),
                FlagChange.Source.CONFIGURATION),
            change(
                "two",
                FlagValue.OFF,
                FlagValue.OFF,
                false,
                Trigger.CONFIGURATION.reason(),
                FlagChange.Source.CONFIGURATION),
            change(
                "two",
                FlagValue.OFF,
                FlagValue.ON,
                false,
                Trigger.DEFINITION.reason(),
                FlagChange.Source.DEFINITION));
    assertThat(intent.booked()).containsOnlyKeys("one");
  }

  private static FlagChange change(
      String flag,
      FlagValue from,
      FlagValue to,
      boolean configured,
      String reason,
      FlagChange.Source source) {
    return new FlagChange(NOW, flag, from, to, configured, reason, source);
  }

  @Test
  void anIntentExplainsAFlagOnce() {
    configure(Map.of());
    table.expect(new Intent(Map.of("one", Optional.of(FlagValue.ON)), "ours"));
    configure(Map.of("one", "on"));
    configure(Map.of("one", "off"));
    configure(Map.of("one", "on"));
    table.finish();
    assertThat(table.history())
        .extracting(FlagChange::source)
        .containsExactly(
            FlagChange.Source.CALL,
            FlagChange.Source.CONFIGURATION,
            FlagChange.Source.CONFIGURATION);
  }

  @Test
  void theNodeDecidesOfAShare() {
    // node-1 is in bucket 843 of this flag, node-2 in bucket 1432.
    define(FlagDefinition.of(FeatureFlags.USE_ETS, "", FlagValue.OFF));
    configure(Map.of(FeatureFlags.USE_ETS, "10%"));
    assertThat(table.flags().get(FeatureFlags.USE_ETS).onHere()).isTrue();
    assertThat(table.named("node-2").changed()).isTrue();
    assertThat(table.flags().get(FeatureFlags.USE_ETS).onHere()).isFalse();
    assertThat(table.history()).isEmpty();
  }

  @Test
  void theHistoryIsBounded() {
    configure(Map.of());
    for (int i = 0; i < 1000; i++) {
      configure(Map.of("one", i % 2 == 0));
    }
    assertThat(table.history()).hasSize(FeatureFlags.HISTORY_SIZE);
    assertThat(table.history().get(199).to()).isEqualTo(FlagValue.OFF);
  }

  /** F1.7: whatever stands there, a flag has its last good value, and nothing is thrown. */
  @Test
  void anyConfigurationLeavesEveryFlagWithItsLastGoodValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Object> pool =
        List.of(
            "on",
            "off",
            "25",
            "12.5%",
            true,
            7,
            12.5,
            "",
            "nope",
            -1,
            150,
            Double.NaN,
            new byte[3],
            List.of(),
            'x',
            Float.NEGATIVE_INFINITY,
            "1e5",
            Long.MAX_VALUE);
    Map<String, FlagValue> good =
        new java.util.HashMap<>(Map.of("one", FlagValue.OFF, "two", FlagValue.ON));
    for (int i = 0; i < 20_000; i++) {
      Map<String, Object> values = new java.util.HashMap<>();
      for (String flag : List.of("one", "two")) {
        Object value = pool.get(random.nextInt(pool.size()));
        values.put(flag, value);
        try {
          good.put(flag, FlagValue.of(value));
        } catch (IllegalArgumentException bad) {
          values.put("junk" + random.nextInt(3), value);
        }
      }
      configure(values);
      for (String flag : List.of("one", "two")) {
        assertThat(table.flags().get(flag).value())
            .as("seed %d, %s of %s", seed, flag, values)
            .isEqualTo(good.get(flag));
      }
    }
  }
}

package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutStage;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistryKeysTest {

  private static final String TARGET = BackendSelection.TARGET;
  private static final Set<String> BOTH = Set.of("ets", "legacy");
  private static final String ETS = "(registry.implementation=ets)";
  private static final String LEGACY = "(registry.implementation=legacy)";

  private final Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private boolean apply(RolloutStage stage) {
    return RegistryKeys.apply(Plan.of(stage, "node-1", 100, true), values, BOTH, false);
  }

  /** F3.4: node-1 is in bucket 843. */
  @Test
  void eachStageHasItsKeysAndTheyAreWrittenOnce() {
    Map<RolloutStage, Map<String, Object>> expected = new HashMap<>();
    Map<String, Object> off = Map.of(TARGET, LEGACY);
    Map<String, Object> shadow =
        Map.of(TARGET, LEGACY, RegistryKeys.MIRROR, "ets", RegistryKeys.COMPARISON, "1");
    Map<String, Object> full =
        Map.of(TARGET, ETS, RegistryKeys.MIRROR, "legacy", RegistryKeys.COMPARISON, "1");
    expected.put(RolloutStage.OFF, off);
    expected.put(RolloutStage.SHADOW, shadow);
    expected.put(RolloutStage.partial(FlagValue.percentage(8.43)), shadow);
    expected.put(RolloutStage.partial(FlagValue.percentage(8.44)), full);
    expected.put(RolloutStage.FULL, full);
    expected.put(RolloutStage.DONE, Map.of(TARGET, ETS));
    for (RolloutStage from : expected.keySet()) {
      for (RolloutStage to : expected.keySet()) {
        values.clear();
        assertThat(apply(from)).isTrue();
        boolean written = apply(to);
        assertThat(values).as("from %s to %s", from, to).isEqualTo(expected.get(to));
        assertThat(written).isEqualTo(!expected.get(from).equals(expected.get(to)));
        assertThat(apply(to)).as("a second time").isFalse();
      }
    }
  }

  @Test
  void whatSaysTheSameInAnotherFormIsLeftAsItIs() {
    values.putAll(
        Map.of(
            TARGET,
            ETS,
            RegistryKeys.MIRROR,
            " legacy",
            RegistryKeys.COMPARISON,
            1.0,
            RegistryKeys.MEASURE,
            true));
    Map<String, Object> before = Map.copyOf(values);
    assertThat(apply(RolloutStage.FULL)).isFalse();
    assertThat(values).isEqualTo(before);
  }

  @Test
  void withoutMonitoringCallsAreNotMeasured() {
    values.put(TARGET, LEGACY);
    Plan plan = Plan.of(RolloutStage.OFF, "node-1", 100, false);
    assertThat(RegistryKeys.apply(plan, values, BOTH, false)).isTrue();
    assertThat(values).containsEntry(RegistryKeys.MEASURE, "false");
    assertThat(RegistryKeys.apply(plan, values, BOTH, false)).isFalse();
    assertThat(apply(RolloutStage.OFF)).isTrue();
    assertThat(values).doesNotContainKey(RegistryKeys.MEASURE);
  }

  @Test
  void whatIsSomebodyElsesIsLeftAlone() {
    values.putAll(Map.of(TARGET, "(registry.implementation=mine)", "mirror.implementation", "x"));
    Map<String, Object> before = Map.copyOf(values);
    for (RolloutStage stage : new RolloutStage[] {RolloutStage.OFF, RolloutStage.FULL}) {
      assertThat(apply(stage)).isFalse();
      assertThat(values).isEqualTo(before);
    }
    values.put(TARGET, LEGACY);
    assertThat(apply(RolloutStage.OFF)).as("a mirror of somebody else").isFalse();
    assertThat(apply(RolloutStage.SHADOW)).isTrue();
    assertThat(values).containsEntry(RegistryKeys.MIRROR, "ets");
  }

  /** F1.12 */
  @Test
  void whileTheWantedOneIsMissingNothingIsKeptInStepWithTheOther() {
    Plan full = Plan.of(RolloutStage.FULL, "node-1", 100, true);
    assertThat(RegistryKeys.apply(full, values, Set.of("legacy"), false)).isTrue();
    assertThat(values).isEqualTo(Map.of(TARGET, LEGACY));
    assertThat(RegistryKeys.apply(full, values, BOTH, false)).isTrue();
    assertThat(values).containsEntry(TARGET, ETS).containsEntry(RegistryKeys.MIRROR, "legacy");
    assertThat(RegistryKeys.apply(full, values, Set.of("legacy"), true)).as("starting").isFalse();
    assertThat(RegistryKeys.apply(full, values, Set.of("ets"), false)).as("no mirror").isFalse();
  }
}

package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutSettingsReaderTest {

  private final RolloutSettingsReader reader = new RolloutSettingsReader();

  @Test
  void withoutAConfigurationTheDefaultsHold() {
    assertThat(reader.read(Map.of())).isEqualTo(RolloutSettings.DEFAULT);
  }

  @Test
  void numbersAreReadInAnyForm() {
    RolloutSettings settings =
        reader.read(
            Map.of(
                "comparison.percent",
                "0.25",
                "guard.latency.factor",
                1.5,
                "guard.latency.floor.ms",
                "2.5",
                "soak.minutes",
                7L,
                "guard.errors.percent",
                10,
                "service.pid",
                "ours"));
    assertThat(settings.comparisonHundredths()).isEqualTo(25);
    assertThat(settings.latencyFactor()).isEqualTo(1.5);
    assertThat(settings.latencyFloorMicros()).isEqualTo(2_500);
    assertThat(settings.soakMinutes()).isEqualTo(7);
    assertThat(settings.errorHundredths()).isEqualTo(1_000);
  }

  /** R13.6 */
  @Test
  void whatIsNotAllowedKeepsTheLastGoodValueAndTheOthersTakeEffect() {
    reader.read(Map.of("check.calls", 5, "step.percent", 20));
    for (Object wrong : new Object[] {-1, "x", 0.5, "", true, Double.NaN, 2e9, new int[1]}) {
      RolloutSettings settings = reader.read(Map.of("check.calls", wrong, "step.percent", 30));
      assertThat(settings.readyCalls()).as("after %s", wrong).isEqualTo(5);
      assertThat(settings.stepHundredths()).isEqualTo(3_000);
    }
    assertThat(reader.read(Map.of()).readyCalls()).isEqualTo(RolloutSettings.DEFAULT.readyCalls());
  }
}

package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** F3.5 */
class StepsTest {

  private static final RolloutStage TEN = RolloutStage.partial(FlagValue.percentage(10));

  private static RolloutStage next(RolloutStage stage, Double percent) {
    return Steps.next(stage, Optional.ofNullable(percent), 1_000);
  }

  @Test
  void withoutAPercentageItGoesOneStageOn() {
    assertThat(next(RolloutStage.OFF, null)).isEqualTo(RolloutStage.SHADOW);
    assertThat(next(RolloutStage.SHADOW, null)).isEqualTo(TEN);
    assertThat(next(TEN, null)).isEqualTo(RolloutStage.FULL);
    assertThat(next(RolloutStage.FULL, null)).isEqualTo(RolloutStage.DONE);
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(() -> next(RolloutStage.DONE, null))
        .withMessageContaining("done");
  }

  @Test
  void aPercentageIsForPartialAndOnlyRises() {
    assertThat(next(RolloutStage.SHADOW, 2.5))
        .isEqualTo(RolloutStage.partial(FlagValue.percentage(2.5)));
    assertThat(next(TEN, 10.01)).isEqualTo(RolloutStage.partial(FlagValue.percentage(10.01)));
    assertThat(next(TEN, 100.0)).isEqualTo(RolloutStage.FULL);
    for (RolloutStage stage :
        new RolloutStage[] {RolloutStage.OFF, RolloutStage.FULL, RolloutStage.DONE}) {
      assertThatExceptionOfType(RolloutRefusedException.class)
          .isThrownBy(() -> next(stage, 50.0))
          .withMessageContaining("no percentage");
    }
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(() -> next(TEN, 10.0))
        .withMessageContaining("rollout:back partial 10%");
    for (double wrong : new double[] {0, -1, 100.01, 0.001, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> next(TEN, wrong));
    }
  }

  @Test
  void backIsToAnyEarlierStage() {
    Steps.back(RolloutStage.DONE, RolloutStage.OFF);
    Steps.back(TEN, RolloutStage.partial(FlagValue.percentage(9.99)));
    for (RolloutStage stage : new RolloutStage[] {TEN, RolloutStage.FULL}) {
      assertThatExceptionOfType(RolloutRefusedException.class)
          .isThrownBy(() -> Steps.back(TEN, stage))
          .withMessageContaining("not before");
    }
  }
}

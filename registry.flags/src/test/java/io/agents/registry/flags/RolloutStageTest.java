package io.agents.registry.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutStageTest {

  private static final RolloutStage TEN = RolloutStage.partial(FlagValue.percentage(10));
  private static final RolloutStage TWENTY = RolloutStage.partial(FlagValue.percentage(20.5));
  private static final List<RolloutStage> IN_ORDER =
      List.of(
          RolloutStage.OFF, RolloutStage.SHADOW, TEN, TWENTY, RolloutStage.FULL, RolloutStage.DONE);

  /** F3.1 */
  @Test
  void stagesAreInOrder() {
    for (int i = 0; i < IN_ORDER.size(); i++) {
      for (int j = 0; j < IN_ORDER.size(); j++) {
        assertThat(IN_ORDER.get(i).isBefore(IN_ORDER.get(j)))
            .as("%s before %s", IN_ORDER.get(i), IN_ORDER.get(j))
            .isEqualTo(i < j);
      }
    }
  }

  @Test
  void theTextOfAStageIsReadBack() {
    for (RolloutStage stage : IN_ORDER) {
      assertThat(RolloutStage.parse(stage.toString())).isEqualTo(stage);
    }
    assertThat(RolloutStage.parse(" PARTIAL 20.5 ")).isEqualTo(TWENTY);
    assertThat(TWENTY).hasToString("partial 20.5%");
  }

  @Test
  void whatIsNoStageIsRefusedWithWhatIsAllowed() {
    for (String text :
        new String[] {null, "", "on", "partial", "partial 0", "partial 100%", "partial x", "10%"}) {
      assertThatIllegalArgumentException()
          .as("%s", text)
          .isThrownBy(() -> RolloutStage.parse(text))
          .withMessageContaining(RolloutStage.ALLOWED);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RolloutStage(RolloutStage.Name.FULL, FlagValue.OFF))
        .withMessageContaining("full");
  }

  /** F3.2 */
  @Test
  void aStageServesTheSameNodesAsTheFlagWithItsShare() {
    assertThat(RolloutStage.partial(FlagValue.percentage(8.44)).servesEts("node-1")).isTrue();
    assertThat(RolloutStage.partial(FlagValue.percentage(8.43)).servesEts("node-1")).isFalse();
    assertThat(RolloutStage.SHADOW.servesEts("node-1")).isFalse();
    assertThat(RolloutStage.FULL.servesEts("node-1")).isTrue();
    assertThat(RolloutStage.DONE.keepsInStep()).isFalse();
    assertThat(RolloutStage.FULL.keepsInStep()).isTrue();
  }

  /** F3.2 */
  @Test
  void conditionsOfTheShareCountForTheNode() {
    RolloutStage edges = RolloutStage.partial(FlagValue.parse("on for Edge-*, node-1"));
    assertThat(edges.servesEts("Edge-7")).isTrue();
    assertThat(edges.servesEts("node-1")).isTrue();
    assertThat(edges.servesEts("node-2")).isFalse();
    assertThat(edges).hasToString("partial 100% for Edge-*,node-1");
    assertThat(RolloutStage.parse(edges.toString())).isEqualTo(edges);
    assertThat(RolloutStage.parse("PARTIAL 25% until 2026-12-24T18:00Z for A").servesEts("a"))
        .isFalse();
  }
}

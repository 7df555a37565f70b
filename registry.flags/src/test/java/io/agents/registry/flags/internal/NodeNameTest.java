package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeNameTest {

  @Test
  void theFirstThatIsNotBlankIsTaken() {
    assertThat(NodeName.of(" a ", "b", name -> "c")).isEqualTo("a");
    assertThat(NodeName.of(" ", " b", name -> "c")).isEqualTo("b");
    assertThat(NodeName.of(null, null, name -> name.equals("HOSTNAME") ? "c\n" : null))
        .isEqualTo("c");
    assertThat(NodeName.of(null, "", name -> null)).isNotBlank();
  }
}

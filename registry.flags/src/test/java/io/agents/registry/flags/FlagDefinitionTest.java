package io.agents.registry.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagDefinitionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "use_ets_agent_registry", "agents.beta-2", "services", "componentx.y"})
  void namesAreTaken(String name) {
    FlagDefinition definition = FlagDefinition.of(name, "", FlagValue.ON);
    assertThat(definition.name()).isEqualTo(name);
    assertThat(definition.defaultValue()).isEqualTo(FlagValue.ON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "A",
        "Use",
        "1a",
        "_a",
        ".a",
        "a b",
        "a=b",
        "ä",
        "service.pid",
        "component.name",
        "felix.fileinstall.filename",
        "org.apache.felix.x",
        "a\n"
      })
  void namesThatCannotBeKeysAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagDefinition.of(name, "", FlagValue.ON))
        .withMessageContaining("lower-case")
        .withMessageNotContaining("\n");
  }

  @Test
  void nullsAndLongNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagDefinition.of(null, "", FlagValue.ON));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagDefinition.of("a", null, FlagValue.ON));
    assertThatIllegalArgumentException().isThrownBy(() -> FlagDefinition.of("a", "", null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlagDefinition.of("a".repeat(101), "", FlagValue.ON));
  }

  @Test
  void anUnknownFlagIsNamedWithTheKnownOnes() {
    UnknownFlagException unknown = new UnknownFlagException("nope\n", List.of("b", "a"));
    assertThat(unknown).hasMessage("there is no flag 'nope\\u000a'; the flags are a, b");
    assertThat(unknown.flag()).isEqualTo("nope\n");
    assertThat(unknown.known()).containsExactly("a", "b");
  }
}

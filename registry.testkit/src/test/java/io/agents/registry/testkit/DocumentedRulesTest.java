package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks and documentation speak of the same rules. */
class DocumentedRulesTest {

  private static List<String> documented() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "semantics.md"));
    Matcher rule = Pattern.compile("(?m)^- \\*\\*([RBCF]\\d+(?:\\.\\d+)?)\\*\\* ").matcher(text);
    List<String> rules = new ArrayList<>();
    while (rule.find()) {
      rules.add(rule.group(1));
    }
    return rules;
  }

  @Test
  @DisplayName("no rule has its number twice")
  void numbersAreUnique() throws IOException {
    assertThat(documented()).hasSizeGreaterThan(150).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("every rule that a check cites stands in docs/semantics.md")
  void checksCiteRules() throws IOException {
    Stream<String> cited =
        Stream.of(true, false)
            .flatMap(
                monitors ->
                    Stream.concat(
                        RegistryBackendRules.all(monitors).stream().map(RuleCheck::rule),
                        AgentRegistryRules.all(monitors).stream().map(RuleCheck::rule)));
    Stream<String> ofServices =
        AgentRegistryRules.ofServiceRegistry().stream().map(RuleCheck::rule);
    assertThat(documented()).containsAll(Stream.concat(cited, ofServices).distinct().toList());
  }

  @Test
  @DisplayName("every rule of backends has a check")
  void backendRulesAreChecked() throws IOException {
    List<String> checked =
        Stream.of(true, false)
            .flatMap(m -> RegistryBackendRules.all(m).stream())
            .map(RuleCheck::rule)
            .distinct()
            .toList();
    assertThat(documented())
        .filteredOn(rule -> rule.startsWith("B"))
        .containsExactlyInAnyOrderElementsOf(checked);
  }

  @Test
  @DisplayName("no two checks have the same name")
  void namesAreUnique() {
    assertThat(RegistryBackendRules.all(true)).extracting(RuleCheck::name).doesNotHaveDuplicates();
    assertThat(AgentRegistryRules.all(true)).extracting(RuleCheck::name).doesNotHaveDuplicates();
  }
}

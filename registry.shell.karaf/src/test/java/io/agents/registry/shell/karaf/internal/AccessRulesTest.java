package io.agents.registry.shell.karaf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.shell.internal.command.ShellCommand;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S5: every command has a rule that says who may use it; Karaf lets one without a rule through. */
class AccessRulesTest {

  private static final String READERS = "viewer, manager, admin";
  private static final String CHANGERS = "manager, admin";

  /** Those that change something; by hand, so that a new one has to be thought about. */
  private static final Set<String> CHANGING =
      Set.of(
          "registry:register",
          "registry:update",
          "registry:unregister",
          "flags:enable",
          "flags:disable",
          "flags:set",
          "flags:reset",
          "rollout:next",
          "rollout:back",
          "rollout:rollback",
          "rollout:clear");

  @Test
  void everyScopeHasAFile() {
    assertThat(AllCommands.list().stream().map(ShellCommand::scope).distinct())
        .containsExactlyInAnyOrder("registry", "flags", "rollout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry", "flags", "rollout"})
  void everyCommandHasARuleAndNoRuleIsLeftOver(String scope) throws IOException {
    Properties rules = rules(scope);
    Set<String> functions =
        AllCommands.list().stream()
            .filter(command -> command.scope().equals(scope))
            .map(ShellCommand::function)
            .collect(Collectors.toSet());

    functions.add("*");
    assertThat(rules.stringPropertyNames()).isEqualTo(functions);
    for (String function : functions) {
      String expected =
          function.equals("*")
              ? "admin"
              : CHANGING.contains(scope + ":" + function) ? CHANGERS : READERS;
      assertThat(rules.getProperty(function)).as(scope + ":" + function).isEqualTo(expected);
    }
  }

  @Test
  void whatIsSaidToChangeSomethingIsThere() {
    List<String> names =
        AllCommands.list().stream().map(command -> command.usage().command()).toList();

    assertThat(names).containsAll(CHANGING);
  }

  private static Properties rules(String scope) throws IOException {
    Path file = Path.of("src/main/etc/org.apache.karaf.command.acl." + scope + ".cfg");
    Properties rules = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      rules.load(reader);
    }
    return rules;
  }
}

package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * S1: whatever is typed, a command answers, or says in a line what is wrong and changes nothing.
 */
@DisplayName("S1 Commands with arguments of any kind")
class ShellFuzzTest {

  @Test
  @DisplayName("answer, or say what is wrong")
  void answer() throws Exception {
    Random random = new Random(Seeds.next("commands"));
    int rounds = Effort.rounds(10_000, 50_000);
    try (RegistryFramework felix = ShellCheck.startShell()) {
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      registry.register("agent", felix.owners().newService(owner), Map.of("node", "x"));
      ShellCheck commands = ShellCheck.in(felix);
      Deadline.within(
          Duration.ofMinutes(15),
          "the commands",
          () -> {
            for (String huge : NastyText.HUGE) {
              commands.run("registry:list $v0", huge);
              commands.run("registry:info $v0", huge);
              commands.run("flags:set use_ets_agent_registry $v0", huge);
            }
            for (int i = 0; i < rounds; i++) {
              commands.next(random);
            }
          });
      Set<String> ids = new TreeSet<>();
      felix.admin().agents().stream().map(Agent::id).forEach(ids::add);
      assertThat(ids).as("agents that nobody has unregistered").isEqualTo(Set.of("agent"));
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
      Figures.report(
          "commands", "%d lines, %d refused in a line".formatted(rounds, commands.failed()));
      assertThat(commands.failed()).as("lines that were refused").isGreaterThan(rounds / 10);
    }
  }
}

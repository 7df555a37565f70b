package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * S1: whatever is typed, a command answers, or says in a line what is wrong and changes nothing.
 */
@DisplayName("S1 Commands with arguments of any kind")
class ShellFuzzTest {

  private static final List<String> READING =
      List.of(
          "registry:list",
          "registry:list --json",
          "registry:list --limit",
          "registry:info",
          "registry:count",
          "registry:explain",
          "registry:status",
          "registry:swaps",
          "flags:list",
          "flags:history");

  private static final List<String> CHANGING =
      List.of(
          "registry:update",
          "registry:unregister",
          "flags:enable",
          "flags:disable",
          "flags:set",
          "flags:set use_ets_agent_registry",
          "flags:reset");

  private static final int LONGEST_MESSAGE = 2_000;

  private int failed;

  @Test
  @DisplayName("answer, or say what is wrong")
  void answer() throws Exception {
    Random random = new Random(Seeds.next("commands"));
    int rounds = Effort.rounds(10_000, 50_000);
    try (RegistryFramework felix =
        RegistryFramework.startWith(
            List.of("org.apache.felix.gogo.runtime", "gson", "registry.shell"))) {
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      registry.register("agent", felix.owners().newService(owner), Map.of("node", "x"));
      RegistryFramework.await(() -> "the commands")
          .until(() -> new Gogo(felix.context()).run("registry:count").equals("1"));
      Gogo gogo = new Gogo(felix.context());
      NastyText texts = new NastyText(random);
      Deadline.within(
          Duration.ofMinutes(15),
          "the commands",
          () -> {
            for (String huge : NastyText.HUGE) {
              run(gogo, "registry:list $v0", huge);
              run(gogo, "registry:info $v0", huge);
              run(gogo, "flags:set use_ets_agent_registry $v0", huge);
            }
            for (int i = 0; i < rounds; i++) {
              List<String> commands = random.nextInt(4) > 0 ? READING : CHANGING;
              String[] arguments = arguments(texts, random);
              run(gogo, line(commands, arguments.length, random), arguments);
            }
          });
      Set<String> ids = new TreeSet<>();
      felix.admin().agents().stream().map(Agent::id).forEach(ids::add);
      assertThat(ids).as("agents that nobody has unregistered").isEqualTo(Set.of("agent"));
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
    Figures.report("commands", "%d lines, %d refused in a line".formatted(rounds, failed));
    assertThat(failed).as("lines that were refused").isGreaterThan(rounds / 10);
  }

  private static String[] arguments(NastyText texts, Random random) {
    return Stream.generate(() -> random.nextBoolean() ? texts.next() : texts.garbage(3))
        .limit(random.nextInt(3))
        .toArray(String[]::new);
  }

  /** The arguments come as variables, so that they reach the command as they are. */
  private static String line(List<String> commands, int arguments, Random random) {
    return commands.get(random.nextInt(commands.size()))
        + IntStream.range(0, arguments)
            .mapToObj(number -> " $v" + number)
            .collect(Collectors.joining());
  }

  private void run(Gogo gogo, String line, String... arguments) {
    String shown =
        line
            + " "
            + (String.join(" ", arguments).length() < LONGEST_MESSAGE
                ? List.of(arguments)
                : "(huge)");
    try {
      assertThat(gogo.run(line, arguments)).as(shown).isNotNull();
    } catch (Exception e) {
      failed++;
      assertThat(e.getClass().getSimpleName())
          .as(shown + " gave " + e)
          .isEqualTo("CommandException");
      assertThat(e.getMessage())
          .as(shown)
          .doesNotContain("the log tells")
          .hasSizeLessThan(LONGEST_MESSAGE);
    }
  }
}

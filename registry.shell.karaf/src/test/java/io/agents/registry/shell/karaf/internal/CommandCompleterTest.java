package io.agents.registry.shell.karaf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.shell.internal.command.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.console.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** S4: names, options and arguments are completed by what there is. */
class CommandCompleterTest {

  private static final List<ShellCommand> COMMANDS =
      AllCommands.list(registry(), flags(), rollout());

  private static RegistryAdmin registry() {
    List<Agent> agents =
        List.of(
            agent("translator-2", Map.of("node", "n", "resources", Map.of("memory", 5))),
            agent("translator-1", Map.of("capability", "x")),
            agent("planner", Map.of()));
    return Fakes.of(
        RegistryAdmin.class,
        Map.of(
            "agents", none -> agents,
            "indexedAttributes", none -> Set.of("health_status"),
            "calls", none -> CallStatistics.NONE,
            "status", none -> status()));
  }

  private static RegistryStatus status() {
    return new RegistryStatus(
        "ets",
        "",
        List.of("ets", "legacy"),
        Optional.empty(),
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        Optional.empty(),
        MirrorStatus.NONE);
  }

  private static Agent agent(String id, Map<String, ?> metadata) {
    Bundle bundle = Fakes.of(Bundle.class);
    return new Agent(
        id, Fakes.of(ServiceReference.class), bundle, bundle, Metadata.copyOf(metadata), 1, 1, 1);
  }

  private static FeatureFlags flags() {
    FlagState state =
        new FlagState(FeatureFlags.USE_ETS, "", FlagValue.OFF, FlagValue.OFF, false, false);
    return Fakes.of(FeatureFlags.class, Map.of("list", none -> List.of(state)));
  }

  private static Rollout rollout() {
    RolloutStatus status =
        new RolloutStatus(
            RolloutStage.FULL,
            Optional.empty(),
            "n",
            "ets",
            "ets",
            "",
            "",
            0,
            false,
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Fakes.of(Rollout.class, Map.of("status", none -> status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "registry:info t                          | translator-1, translator-2",
        "registry:info ~                         | planner, translator-1, translator-2",
        "registry:info nobody                     | -",
        "registry:info planner ~                 | --json, --help",
        "registry:info planner --j                | --json",
        "registry:info planner --json --          | --help",
        "registry:info --json p                   | planner",
        "registry:update planner ~               | --merge, --help",
        "registry:update pl                       | planner",
        "registry:register pl                     | -",
        "registry:unregister pl                   | planner",
        "registry:list --limit ~                 | -",
        "registry:list --                         | --order-by, --descending, --limit,"
            + " --json, --help",
        "registry:list --order-by n              | node",
        "registry:list --limit 3 --l              | -",
        "registry:list --limit=3 --              | --order-by, --descending, --json," + " --help",
        "registry:count ~                         | '(capability=, '(health_status=, '(node=,"
            + " '(resources=, '(resources.memory=",
        "registry:count (cap                      | '(capability=",
        "registry:count (&(node=x)(cap            | '(&(node=x)(capability=",
        "registry:count (&                        | '(&(capability=, '(&(health_status=,"
            + " '(&(node=, '(&(resources=, '(&(resources.memory=",
        "registry:count (&(!(a=b))                | '(&(!(a=b))(capability=,"
            + " '(&(!(a=b))(health_status=, '(&(!(a=b))(node=, '(&(!(a=b))(resources=,"
            + " '(&(!(a=b))(resources.memory=",
        "registry:count '(cap                     | '(capability=",
        "registry:count '(node=                   | -",
        "registry:count '(node=x)                 | -",
        "registry:count -- -                      | -",
        "registry:status ~                       | --json, --help",
        "registry:calls ~                        | ets, legacy",
        "registry:calls l                        | legacy",
        "flags:enable ~                          | use_ets_agent_registry",
        "flags:enable use_ets_agent_registry ~   | --reason, --help",
        "flags:enable --reason ~                 | -",
        "rollout:back s                           | shadow",
        "rollout:back ~                          | off, partial 10%, shadow",
        "rollout:next 1                           | 1, 10, 100",
        "rollout:next 10 --                       | --force, --help",
      })
  void argumentsAreCompleted(String line, String expected) {
    String[] words = line.replace("~", "").split(" ", -1);

    assertThat(complete(words[0], words))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(", ", -1)));
  }

  @Test
  void theNameIsCompletedWithAndWithoutItsScope() {
    assertThat(complete("registry:list", "l")).containsExactly("list");
    assertThat(complete("registry:list", "registry:l")).containsExactly("registry:list");
    assertThat(complete("registry:list", "x")).isEmpty();
    List<String> within = new ArrayList<>();
    completer("registry:list", true).complete(Fakes.console(80), Fakes.line("l"), within);
    assertThat(within).containsExactly("list ");
  }

  @Test
  void onlyTheLineOfTheCommandIsCompleted() {
    assertThat(complete("registry:count", "registry:list", "--")).isEmpty();
    assertThat(complete("registry:count", "count", "--")).containsExactly("--help");
  }

  /** Karaf gives the word without its quote, and puts the quote before what was chosen. */
  @Test
  void aQuoteThatIsThereIsNotPutThereAgain() {
    List<Candidate> found = new ArrayList<>();
    completer("registry:count", false)
        .completeCandidates(
            Fakes.console(80),
            Fakes.lineAsTyped("registry:count '(nod", "registry:count", "(nod"),
            found);

    assertThat(found).extracting(Candidate::value).containsExactly("(node=");
  }

  @Test
  void aFilterGoesOnBehindTheAttribute() {
    List<Candidate> found = new ArrayList<>();
    completer("registry:count", false)
        .completeCandidates(Fakes.console(80), Fakes.line("registry:count", "'(nod"), found);

    assertThat(found).singleElement().satisfies(one -> assertThat(one.complete()).isFalse());
  }

  @Test
  void theSimpleWayTellsWhereTheWordBegins() {
    List<String> found = new ArrayList<>();
    int at =
        completer("registry:info", false)
            .complete(Fakes.console(80), Fakes.line("registry:info", "pl"), found);

    assertThat(found).containsExactly("planner ");
    assertThat(at).isEqualTo("registry:info ".length());
  }

  private static List<String> complete(String command, String... words) {
    List<Candidate> found = new ArrayList<>();
    completer(command, false).completeCandidates(Fakes.console(80), Fakes.line(words), found);
    return found.stream().map(Candidate::value).toList();
  }

  private static CommandCompleter completer(String command, boolean scoped) {
    return new CommandCompleter(AllCommands.get(COMMANDS, command), scoped);
  }
}

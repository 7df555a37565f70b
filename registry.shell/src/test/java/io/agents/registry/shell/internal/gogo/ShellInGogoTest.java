package io.agents.registry.shell.internal.gogo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.FakeFlags;
import io.agents.registry.shell.internal.FakeRegistry;
import io.agents.registry.shell.internal.FakeRollout;
import io.agents.registry.shell.internal.FakeSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The bundle as it is built, in a framework with Declarative Services and Gogo. */
class ShellInGogoTest {

  private static final FakeFlags FLAGS = new FakeFlags();
  private static final FakeRegistry REGISTRY = new FakeRegistry();

  private static GogoFixture gogo;
  private static ServiceRegistration<RegistryAdmin> registry;
  private static ServiceRegistration<FeatureFlags> flags;
  private static ServiceRegistration<BackendSelection> selection;
  private static ServiceRegistration<Rollout> rollout;
  private static ServiceReference<?> service;

  @BeforeAll
  static void startTheFramework() throws Exception {
    gogo = new GogoFixture();
    service = gogo.context().registerService(Object.class, new Object(), null).getReference();
    REGISTRY.add("a-1", service, Map.of("capability", List.of("x", "y"), "node", "node-1"));
    publish();
  }

  private static void publish() {
    registry = gogo.context().registerService(RegistryAdmin.class, REGISTRY, null);
    flags = gogo.context().registerService(FeatureFlags.class, FLAGS, null);
    rollout = gogo.context().registerService(Rollout.class, new FakeRollout(), null);
    selection =
        gogo.context().registerService(BackendSelection.class, new FakeSelection(FLAGS), null);
  }

  private static void withdrawFlags() {
    flags.unregister();
    selection.unregister();
    rollout.unregister();
  }

  @AfterAll
  static void stopTheFramework() throws Exception {
    gogo.stop();
  }

  @Test
  void everyCommandIsThere() {
    assertThat(commands())
        .containsExactlyInAnyOrder(
            "registry:list",
            "registry:info",
            "registry:count",
            "registry:explain",
            "registry:status",
            "registry:swaps",
            "registry:why",
            "registry:comparison",
            "registry:calls",
            "registry:register",
            "registry:update",
            "registry:unregister",
            "flags:list",
            "flags:enable",
            "flags:disable",
            "flags:set",
            "flags:reset",
            "flags:history",
            "rollout:status",
            "rollout:check",
            "rollout:next",
            "rollout:back",
            "rollout:rollback",
            "rollout:clear",
            "rollout:history");
  }

  @Test
  void everyCommandHasHelpWithItsUsageLine() throws Exception {
    for (String command : commands()) {
      assertThat(gogo.run("help " + command)).contains(" - ").contains("String[]   " + command);
    }
  }

  @Test
  void everyCommandRefusesAnUnknownOption() {
    for (String command : commands()) {
      assertRefused(command + " --nonsense", command + ": there is no option --nonsense; usage: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry:info",
        "registry:explain",
        "registry:register",
        "registry:register a",
        "registry:update",
        "registry:update a",
        "registry:unregister",
        "flags:enable",
        "flags:disable",
        "flags:set",
        "flags:set new_router",
        "rollout:back",
        "rollout:rollback"
      })
  void aMissingArgumentIsRefusedWithTheUsageLine(String line) {
    assertRefused(line, "is missing; usage: " + line.split(" ", -1)[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "registry:info nobody            | there is no agent with the id 'nobody'; registry:list",
        "registry:info $unset            | argument 1 is null",
        "registry:count '(node=node-1'   | position 12",
        "registry:count (node=node-1)    | position 0: expected '(' that begins a filter",
        "registry:count (node=node-1)    | put a filter in quotes",
        "registry:list --limit           | --limit needs a value",
        "registry:list --descending      | --descending needs an attribute to order by",
        "registry:list --order-by '('    | attribute",
        "registry:list --limit many      | 'many' is no value of --limit",
        "registry:swaps all              | 'all' is one argument too many",
        "registry:calls etz              | there is no implementation 'etz'; there are ets, legacy",
        "registry:register b x           | 'x' is no service.id",
        "registry:register b 1 tags=[a]  | in quotes 'tags=[a,b]'",
        "registry:unregister nobody      | there is no agent with the id 'nobody'",
        "flags:enable nope               | there is no flag 'nope'; the flags are new_router",
        "flags:set new_router 101        | from 0 to 100",
        "flags:set new_router -1         | from 0 to 100",
        "flags:set new_router much       | from 0 to 100",
        "rollout:next 101                | from 0 to 100",
        "rollout:back nowhere            | no stage of the rollout",
        "rollout:back full               | full is not before off",
      })
  void aWrongCommandIsOneLine(String line, String message) {
    assertRefused(line, message);
  }

  @Test
  void answersArePrintedOnce() throws Exception {
    assertThat(gogo.run("registry:count")).isEqualTo("1");
    assertThat(gogo.run("registry:count '(node=node-1)'")).isEqualTo("1");
    assertThat(gogo.run("registry:count \"(node=node-2)\"")).isEqualTo("0");
    assertThat(gogo.run("registry:list --json --limit 0; registry:count")).isEqualTo("[]\n1");
  }

  @Test
  void numbersStayAsTheyWereTyped() throws Exception {
    Object id = service.getProperty("service.id");

    gogo.run("registry:register 007 " + id + " size=1e3 zip=007 'text=\"5\"' 'tags=[a,2]' on=true");
    assertThat(REGISTRY.lookup("007").orElseThrow().metadata())
        .isEqualTo(
            Map.of(
                "size", 1000.0, "zip", "007", "text", "5", "tags", List.of("a", 2L), "on", true));
    gogo.run("registry:update 007 size=2 --merge");
    assertThat(REGISTRY.lookup("007").orElseThrow().metadata())
        .containsEntry("size", 2L)
        .containsEntry("zip", "007");
    assertThat(gogo.run("registry:unregister 007")).isEqualTo("unregistered 007");
  }

  @Test
  void aFlagIsFollowed() throws Exception {
    assertThat(gogo.run("flags:enable use_ets_agent_registry --reason 'a trial'"))
        .endsWith("the implementation is ets");
    assertThat(gogo.run("flags:history")).contains("a trial");
    assertThat(gogo.run("flags:reset")).endsWith("the implementation is legacy");
    assertThat(gogo.run("flags:history")).contains("by flags:reset");
  }

  @Test
  void theRolloutIsMoved() throws Exception {
    assertThat(gogo.run("rollout:next a trial")).startsWith("the stage is shadow (was off)");
    assertThat(gogo.run("rollout:history")).contains("a trial");
    assertThat(gogo.run("rollout:rollback that is enough")).startsWith("the stage is off");
    assertThat(gogo.run("registry:why")).startsWith("legacy serves, ets is wanted");
  }

  @Test
  void withoutFlagsTheRegistryIsServedAllTheSame() throws Exception {
    withdrawFlags();
    try {
      assertThat(commands()).doesNotContain("flags:list", "rollout:next").contains("registry:list");
      assertRefused("registry:why", "flags are not there");
      assertThat(gogo.run("registry:status")).contains("flags are not there");
    } finally {
      registry.unregister();
      publish();
    }
  }

  @Test
  void withoutARegistryStatusSaysWhatToDo() {
    registry.unregister();
    try {
      assertRefused(
          "registry:status", "the registry is not there; start the bundle io.agents.registry.core");
    } finally {
      withdrawFlags();
      publish();
    }
  }

  /** It is thrown, so that whoever runs the line knows; its text is the line alone. */
  private static void assertRefused(String line, String message) {
    assertThatThrownBy(() -> gogo.run(line))
        .as(line)
        .satisfies(
            thrown ->
                assertThat(thrown.getClass().getName()).isEqualTo(CommandException.class.getName()))
        .satisfies(thrown -> assertThat(thrown).hasToString(thrown.getMessage()))
        .satisfies(thrown -> assertThat(thrown.getMessage()).hasLineCount(1))
        .hasMessageContaining(message);
  }

  /** The commands of the bundle under test, with their scope. */
  private static List<String> commands() {
    List<String> commands = new ArrayList<>();
    ServiceReference<?>[] services = gogo.shell().getRegisteredServices();
    for (ServiceReference<?> reference : services == null ? new ServiceReference<?>[0] : services) {
      Object functions = reference.getProperty("osgi.command.function");
      Arrays.stream((String[]) functions)
          .map(function -> reference.getProperty("osgi.command.scope") + ":" + function)
          .forEach(commands::add);
    }
    return commands;
  }
}

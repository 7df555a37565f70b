package io.agents.registry.shell.karaf.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Query;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.shell.internal.command.FlagCommandSet;
import io.agents.registry.shell.internal.command.ShellCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in a session of Karaf. */
class KarafCommandTest {

  private static final String BOLD = "\u001B[1m";

  private static final FeatureFlags FLAGS =
      Fakes.of(
          FeatureFlags.class,
          Map.of(
              "list",
              none ->
                  List.of(
                      new FlagState(
                          FeatureFlags.USE_ETS,
                          "A description of some length, so that it does not fit",
                          FlagValue.OFF,
                          FlagValue.OFF,
                          false,
                          false))));

  private static final List<ShellCommand> COMMANDS =
      AllCommands.list(
          Fakes.of(
              RegistryAdmin.class,
              Map.of(
                  "count", none -> 3,
                  "agents", none -> List.of(),
                  "query", none -> List.of(),
                  "parseQuery", one -> Query.parse((String) one[0]))),
          FLAGS,
          Fakes.of(Rollout.class));

  static Stream<ShellCommand> commands() {
    return COMMANDS.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasTheUsageLineEveryArgumentAndAnExample(ShellCommand command) throws Exception {
    String page = run(Fakes.client(), command.usage().command(), "--help");

    assertThat(page)
        .contains("DESCRIPTION\n        " + command.usage().command() + "\n")
        .contains("        " + command.purpose())
        .contains("SYNTAX\n        " + command.usage().line() + "\n")
        .containsPattern("EXAMPLE\n        " + command.usage().command() + "\\b")
        .doesNotContain("\u001B");
    command.usage().options().keySet().forEach(option -> assertThat(page).contains(option + " "));
    command
        .usage()
        .parameters()
        .forEach(one -> assertThat(page).containsPattern("\n        " + one.name() + " "));
    assertThat(run(Fakes.console(80), command.usage().command(), "--help"))
        .contains(BOLD + "SYNTAX");
  }

  @Test
  void anAnswerIsPrintedAndNothingReturned() throws Exception {
    assertThat(run(Fakes.client(), "registry:count")).isEqualTo("3\n");
  }

  @Test
  void aTableFollowsTheWidthOfTheTerminalAndIsPlainWithoutOne() throws Exception {
    String wide = run(Fakes.client(), "flags:list");
    String narrow = run(Fakes.console(70), "flags:list");

    assertThat(wide.lines()).hasSize(2);
    assertThat(wide).doesNotContain("\u001B").contains("so that it does not fit");
    assertThat(narrow).startsWith(BOLD);
    assertThat(narrow.replaceAll("\u001B\\[[0-9]*m", "").lines())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.length() <= 70);
  }

  @Test
  void jsonIsOneLineOnATerminalToo() throws Exception {
    assertThat(run(Fakes.console(20), "flags:list", "--json").lines()).hasSize(1);
  }

  @Test
  void optionsMayStandBehindArguments() throws Exception {
    assertThat(run(Fakes.client(), "registry:list", "--limit", "1", "--json")).isEqualTo("[]\n");
    assertThat(run(Fakes.client(), "registry:list", "(a=b)", "--json")).isEqualTo("[]\n");
  }

  @Test
  void aFailureIsOneLineInKarafsOwnKindOfException() {
    assertFails("registry:count: there is no option --nonsense", "registry:count", "--nonsense");
    assertFails("registry:count: 'b' is one argument too many", "registry:count", "a", "b");
    assertFails("registry:info: argument 1 is null", "registry:info", (Object) null);
    assertFails("registry:info: id is missing", "registry:info");
  }

  private static void assertFails(String message, String command, Object... arguments) {
    assertThatThrownBy(() -> run(Fakes.client(), command, arguments))
        .isInstanceOfSatisfying(
            CommandException.class,
            thrown -> assertThat(thrown.getNiceHelp()).isEqualTo(thrown.getMessage()))
        .hasMessageStartingWith(message)
        .satisfies(thrown -> assertThat(thrown.getMessage()).hasLineCount(1));
    assertThatThrownBy(() -> run(Fakes.console(80), command, arguments))
        .isInstanceOfSatisfying(
            CommandException.class,
            thrown ->
                assertThat(thrown.getNiceHelp())
                    .isEqualTo("\u001B[31m" + thrown.getMessage() + "\u001B[0m"));
  }

  @Test
  void numbersThatKarafHasReadAreWordsAgain() {
    assertFails("registry:list: '1.5' is no value of --limit", "registry:list", "--limit", 1.5);
  }

  @Test
  void commandsAreInTheShellUntilTheyEnd() {
    List<Object> present = new ArrayList<>();
    Registry shell =
        Fakes.of(
            Registry.class,
            Map.of(
                "register", one -> add(present, one[0]),
                "unregister", one -> remove(present, one[0])));
    SessionFactory sessions = Fakes.of(SessionFactory.class, Map.of("getRegistry", none -> shell));

    Registered registered = Registered.in(sessions, FlagCommandSet.of(FLAGS, Optional::empty));

    assertThat(present)
        .allSatisfy(one -> assertThat(((Command) one).getScope()).isEqualTo("flags"))
        .extracting(one -> ((Command) one).getName())
        .containsExactly("list", "enable", "disable", "set", "reset", "history");
    registered.end();
    assertThat(present).isEmpty();
  }

  private static Object add(List<Object> present, Object one) {
    present.add(one);
    return null;
  }

  private static Object remove(List<Object> present, Object one) {
    present.remove(one);
    return null;
  }

  private static String run(Session session, String name, Object... arguments) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Object result =
          new KarafCommand(AllCommands.get(COMMANDS, name))
              .execute(session, new ArrayList<>(Arrays.asList(arguments)));
      assertThat(result).isNull();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}

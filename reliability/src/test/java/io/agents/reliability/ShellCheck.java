package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;

/** Holds the commands to an answer, or a line that says what is wrong. Not safe for threads. */
final class ShellCheck {

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
          "registry:why",
          "registry:comparison",
          "registry:calls",
          "flags:list",
          "flags:history",
          "rollout:status",
          "rollout:check",
          "rollout:history");

  private static final List<String> CHANGING =
      List.of(
          "registry:update",
          "registry:unregister",
          "flags:enable",
          "flags:disable",
          "flags:set",
          "flags:set use_ets_agent_registry",
          "flags:reset",
          "rollout:next",
          "rollout:back",
          "rollout:rollback",
          "rollout:clear");

  private static final List<String> ALL =
      Stream.concat(READING.stream(), CHANGING.stream()).toList();

  private static final int LONGEST_MESSAGE = 2_000;

  private final Gogo gogo;
  private int failed;

  private ShellCheck(Gogo gogo) {
    this.gogo = gogo;
  }

  /** Starts a framework with the shell and all that it needs. */
  static RegistryFramework startShell() throws IOException, BundleException {
    return RegistryFramework.startWith(RegistryFramework.SHELL);
  }

  /** Waits for the commands of a framework that has one agent. */
  static ShellCheck in(RegistryFramework felix) {
    RegistryFramework.await(() -> "the commands")
        .until(() -> new Gogo(felix.context()).run("registry:count").equals("1"));
    return new ShellCheck(new Gogo(felix.context()));
  }

  /** How many lines were refused. */
  int failed() {
    return failed;
  }

  /** Types a line with some arguments. */
  void next(Random random) {
    NastyText texts = new NastyText(random);
    run(
        random.nextInt(4) > 0 ? READING : CHANGING,
        random.nextInt(1_000),
        Stream.generate(() -> random.nextBoolean() ? texts.next() : texts.garbage(3))
            .limit(random.nextInt(3))
            .toArray(String[]::new));
  }

  /** The number by which {@link #run} knows a command. */
  static byte numberOf(String command) {
    int number = ALL.indexOf(command);
    assertThat(number).as(command).isBetween(0, (int) Byte.MAX_VALUE);
    return (byte) number;
  }

  /** Runs one of the commands, whatever the number is. */
  void run(int number, String... arguments) {
    run(ALL, number, arguments);
  }

  /** The arguments come as variables, so that they reach the command as they are. */
  private void run(List<String> commands, int number, String... arguments) {
    run(
        commands.get(Math.floorMod(number, commands.size()))
            + IntStream.range(0, arguments.length)
                .mapToObj(index -> " $v" + index)
                .collect(Collectors.joining()),
        arguments);
  }

  /** Fails if a line is neither answered nor refused in a line. */
  void run(String line, String... arguments) {
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

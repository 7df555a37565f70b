package io.agents.registry.shell.internal.gogo;

import io.agents.registry.shell.internal.Failures;
import java.util.function.Function;

/** Runs one command: reads its arguments, has it answered, prints the answer. */
final class Command {

  private final Usage usage;
  private final Function<Arguments, String> answer;

  /**
   * Makes a command.
   *
   * @param usage its usage line, as {@link Usage} reads it
   * @param answer gives the text to print
   */
  Command(String usage, Function<Arguments, String> answer) {
    this.usage = new Usage(usage);
    this.answer = answer;
  }

  /**
   * Runs it.
   *
   * <p>The answer is printed, and nothing returned: some shells print what a command returns, and
   * some don't. {@code System.out} is the output of the session here, also in a pipe; every shell
   * that runs Gogo commands sees to that.
   *
   * @throws io.agents.registry.shell.internal.CommandException if it fails, with one line that says
   *     what to do
   */
  void run(String... typed) {
    String text;
    try {
      text = answer.apply(usage.read(typed));
    } catch (RuntimeException e) {
      throw Failures.explain(e);
    }
    System.out.println(text);
  }
}

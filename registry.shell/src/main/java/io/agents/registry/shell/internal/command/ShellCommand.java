package io.agents.registry.shell.internal.command;

import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Failures;
import io.agents.registry.shell.internal.text.Format;
import java.util.List;
import java.util.function.Function;

/**
 * One command, whatever shell it is typed in: its texts, and what it answers. Any number of threads
 * may run it at once.
 */
public final class ShellCommand {

  private final Usage usage;
  private final String purpose;
  private final String help;
  private final Function<Arguments, String> answer;
  private final Suggestions suggestions;

  /**
   * Makes a command.
   *
   * @param usage its usage line, as {@link Usage} reads it
   * @param purpose what it does, on a line
   * @param help a line for each argument, each begun by a line break
   * @param answer gives the text to print
   * @param suggestions what may be typed for its arguments
   */
  ShellCommand(
      String usage,
      String purpose,
      String help,
      Function<Arguments, String> answer,
      Suggestions suggestions) {
    this.usage = new Usage(usage);
    this.purpose = purpose;
    this.help = help;
    this.answer = answer;
    this.suggestions = suggestions;
  }

  /**
   * What it takes.
   *
   * @return its usage line, read
   */
  public Usage usage() {
    return usage;
  }

  /**
   * The part of its name before the colon.
   *
   * @return such as {@code registry}
   */
  public String scope() {
    return usage.command().substring(0, usage.command().indexOf(':'));
  }

  /**
   * The part of its name after the colon.
   *
   * @return such as {@code list}
   */
  public String function() {
    return usage.command().substring(usage.command().indexOf(':') + 1);
  }

  /**
   * What it does.
   *
   * @return a line
   */
  public String purpose() {
    return purpose;
  }

  /**
   * What its arguments are, and an example.
   *
   * @return lines; the first word of each is the name of an argument, or {@code example}
   */
  public List<String> help() {
    return help.lines().filter(line -> !line.isBlank()).map(Help::withoutIndent).toList();
  }

  /**
   * What may be typed for an argument.
   *
   * @param parameter the name of the argument in the usage line
   * @param begin what is typed already
   * @return what begins with that, sorted; empty if nobody can know
   */
  public List<String> suggestions(String parameter, String begin) {
    return suggestions.of(parameter, begin);
  }

  /**
   * Answers.
   *
   * @param screen what the answer is shown on
   * @param typed what was typed after the name of the command
   * @return the text to print
   * @throws CommandException if it fails, with one line that says what to do
   */
  public String run(Format screen, String... typed) {
    try {
      return answer.apply(usage.read(screen, typed));
    } catch (RuntimeException e) {
      throw Failures.explain(e);
    }
  }
}

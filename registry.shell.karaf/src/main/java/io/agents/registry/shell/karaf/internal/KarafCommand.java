package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.command.ShellCommand;
import io.agents.registry.shell.internal.text.Format;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** One of our commands as Karaf sees it. Any number of threads may run it at once. */
final class KarafCommand implements Command {

  private static final String HELP = "--help";

  private final ShellCommand command;

  KarafCommand(ShellCommand command) {
    this.command = command;
  }

  @Override
  public String getScope() {
    return command.scope();
  }

  @Override
  public String getName() {
    return command.function();
  }

  @Override
  public String getDescription() {
    return command.purpose();
  }

  @Override
  public Completer getCompleter(boolean scoped) {
    return new CommandCompleter(command, scoped);
  }

  /** Karaf's own, which has this answer for it. */
  @Override
  public @Nullable Parser getParser() {
    return null;
  }

  /**
   * Prints the answer, and returns nothing, so that nothing is printed twice.
   *
   * @throws org.apache.karaf.shell.support.CommandException if it fails, with one line that says
   *     what to do: Karaf prints that line and no stack trace, and its client ends with 1
   */
  @Override
  public @Nullable Object execute(Session session, List<Object> arguments)
      throws org.apache.karaf.shell.support.CommandException {
    Format screen = Screen.of(session);
    if (arguments.contains(HELP)) {
      System.out.println(HelpPage.of(command, screen));
      return null;
    }
    try {
      System.out.println(command.run(screen, words(arguments)));
      return null;
    } catch (CommandException e) {
      String line = e.toString();
      throw new org.apache.karaf.shell.support.CommandException(Screen.error(line, screen), line);
    }
  }

  /** Karaf passes numbers and the like where it could read them as such. */
  private static @Nullable String[] words(List<Object> arguments) {
    @Nullable String[] words = new @Nullable String[arguments.size()];
    for (int i = 0; i < words.length; i++) {
      Object argument = arguments.get(i);
      words[i] = argument == null ? null : argument.toString();
    }
    return words;
  }
}

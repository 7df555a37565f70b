package io.agents.registry.shell.internal.gogo;

import io.agents.registry.shell.internal.command.CommandSet;
import io.agents.registry.shell.internal.text.Format;

/**
 * Runs commands and prints their answers; nothing is returned, since some shells print what a
 * command returns, and some don't.
 */
final class Printed {

  private final CommandSet commands;

  Printed(CommandSet commands) {
    this.commands = commands;
  }

  /**
   * Runs a command.
   *
   * <p>{@code System.out} is the output of the session here, also in a pipe; every shell that runs
   * Gogo commands sees to that.
   *
   * @throws io.agents.registry.shell.internal.CommandException if it fails, with one line that says
   *     what to do
   */
  void run(String function, String... arguments) {
    System.out.println(commands.get(function).run(Format.TEXT, arguments));
  }
}

package io.agents.registry.shell.internal.command;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Commands that need the same services, and so come and go together. */
public final class CommandSet {

  private final Map<String, ShellCommand> commands;

  CommandSet(ShellCommand... all) {
    Map<String, ShellCommand> byFunction = new LinkedHashMap<>();
    for (ShellCommand command : all) {
      byFunction.put(command.function(), command);
    }
    commands = Collections.unmodifiableMap(byFunction);
  }

  /**
   * A command of this set.
   *
   * @param function the part of its name after the colon
   * @return the command
   * @throws IllegalArgumentException if it is not there
   */
  public ShellCommand get(String function) {
    ShellCommand command = commands.get(function);
    if (command == null) {
      throw new IllegalArgumentException("no command is called '" + function + "'");
    }
    return command;
  }

  /**
   * All commands of this set.
   *
   * @return the commands, which can't be changed
   */
  public Collection<ShellCommand> all() {
    return commands.values();
  }
}

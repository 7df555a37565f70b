package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.command.CommandSet;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;

/** Commands that are in Karaf's shell, until they are taken out of it. */
final class Registered {

  private final Registry shell;
  private final List<Command> commands;

  private Registered(Registry shell, List<Command> commands) {
    this.shell = shell;
    this.commands = commands;
  }

  /** Puts commands into the shell. */
  static Registered in(SessionFactory sessions, CommandSet set) {
    List<Command> commands = set.all().stream().<Command>map(KarafCommand::new).toList();
    Registered registered = new Registered(sessions.getRegistry(), commands);
    commands.forEach(registered.shell::register);
    return registered;
  }

  /** Takes them out again. */
  void end() {
    commands.forEach(shell::unregister);
  }
}

package io.agents.registry.shell.karaf.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.command.ReadingCommandSet;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The commands that show agents; there while a registry is. */
@Component(
    immediate = true,
    service = {})
public final class ReadingCommands {

  private final Registered commands;

  /**
   * Puts them into the shell.
   *
   * @param shell of Karaf
   * @param registry is asked
   */
  @Activate
  public ReadingCommands(@Reference SessionFactory shell, @Reference RegistryAdmin registry) {
    commands = Registered.in(shell, ReadingCommandSet.of(registry));
  }

  /** Takes them out again. */
  @Deactivate
  void end() {
    commands.end();
  }
}

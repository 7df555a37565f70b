package io.agents.registry.shell.karaf.internal;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.command.ChangingCommandSet;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The commands that change agents; there while a registry is. */
@Component(
    immediate = true,
    service = {})
public final class ChangingCommands {

  private final Registered commands;

  /**
   * Puts them into the shell.
   *
   * @param shell of Karaf
   * @param registry is changed
   * @param context finds services
   */
  @Activate
  public ChangingCommands(
      @Reference SessionFactory shell, @Reference RegistryAdmin registry, BundleContext context) {
    commands = Registered.in(shell, ChangingCommandSet.of(registry, context));
  }

  /** Takes them out again. */
  @Deactivate
  void end() {
    commands.end();
  }
}

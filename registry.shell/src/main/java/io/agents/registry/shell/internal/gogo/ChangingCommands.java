package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.command.ChangingCommandSet;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands that change agents. */
@Component(
    service = ChangingCommands.class,
    property = {
      "osgi.command.scope=registry",
      "osgi.command.function=register",
      "osgi.command.function=update",
      "osgi.command.function=unregister"
    })
public final class ChangingCommands {

  private final Printed commands;

  /**
   * Begins.
   *
   * @param registry is changed
   * @param context finds services
   */
  @Activate
  public ChangingCommands(@Reference RegistryAdmin registry, BundleContext context) {
    commands = new Printed(ChangingCommandSet.of(registry, context));
  }

  /**
   * Registers a service as an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor(ChangingCommandSet.REGISTER_PURPOSE)
  public void register(
      @Descriptor(ChangingCommandSet.REGISTER + ChangingCommandSet.REGISTER_HELP)
          String... arguments) {
    commands.run("register", arguments);
  }

  /**
   * Changes the metadata of an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor(ChangingCommandSet.UPDATE_PURPOSE)
  public void update(
      @Descriptor(ChangingCommandSet.UPDATE + ChangingCommandSet.UPDATE_HELP) String... arguments) {
    commands.run("update", arguments);
  }

  /**
   * Unregisters an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor(ChangingCommandSet.UNREGISTER_PURPOSE)
  public void unregister(
      @Descriptor(ChangingCommandSet.UNREGISTER + ChangingCommandSet.UNREGISTER_HELP)
          String... arguments) {
    commands.run("unregister", arguments);
  }
}

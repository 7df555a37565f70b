package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.command.ReadingCommandSet;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands that show agents. */
@Component(
    service = ReadingCommands.class,
    property = {
      "osgi.command.scope=registry",
      "osgi.command.function=list",
      "osgi.command.function=info",
      "osgi.command.function=count",
      "osgi.command.function=explain"
    })
public final class ReadingCommands {

  private final Printed commands;

  /**
   * Begins.
   *
   * @param registry is asked
   */
  @Activate
  public ReadingCommands(@Reference RegistryAdmin registry) {
    commands = new Printed(ReadingCommandSet.of(registry));
  }

  /**
   * Prints a table of agents.
   *
   * @param arguments as in the help
   */
  @Descriptor(ReadingCommandSet.LIST_PURPOSE)
  public void list(
      @Descriptor(ReadingCommandSet.LIST + ReadingCommandSet.LIST_HELP) String... arguments) {
    commands.run("list", arguments);
  }

  /**
   * Prints everything about one agent.
   *
   * @param arguments as in the help
   */
  @Descriptor(ReadingCommandSet.INFO_PURPOSE)
  public void info(
      @Descriptor(ReadingCommandSet.INFO + ReadingCommandSet.INFO_HELP) String... arguments) {
    commands.run("info", arguments);
  }

  /**
   * Prints how many agents there are.
   *
   * @param arguments as in the help
   */
  @Descriptor(ReadingCommandSet.COUNT_PURPOSE)
  public void count(
      @Descriptor(ReadingCommandSet.COUNT + ReadingCommandSet.COUNT_HELP) String... arguments) {
    commands.run("count", arguments);
  }

  /**
   * Prints the plan of a query.
   *
   * @param arguments as in the help
   */
  @Descriptor(ReadingCommandSet.EXPLAIN_PURPOSE)
  public void explain(
      @Descriptor(ReadingCommandSet.EXPLAIN + ReadingCommandSet.EXPLAIN_HELP) String... arguments) {
    commands.run("explain", arguments);
  }
}

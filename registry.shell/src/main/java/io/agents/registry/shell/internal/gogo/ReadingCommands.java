package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.logic.AgentReports;
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

  private static final String LIST = "registry:list [filter] [--limit n] [--json]";
  private static final String INFO = "registry:info id [--json]";
  private static final String COUNT = "registry:count [filter]";
  private static final String EXPLAIN = "registry:explain filter";

  private final Command list;
  private final Command info;
  private final Command count;
  private final Command explain;

  /**
   * Begins.
   *
   * @param registry is asked
   */
  @Activate
  public ReadingCommands(@Reference RegistryAdmin registry) {
    AgentReports agents = new AgentReports(registry);
    list =
        new Command(
            LIST,
            given -> agents.list(given.find("filter"), given.number("--limit"), given.format()));
    info = new Command(INFO, given -> agents.info(given.get("id"), given.format()));
    count = new Command(COUNT, given -> agents.count(given.find("filter")));
    explain = new Command(EXPLAIN, given -> agents.explain(given.get("filter")));
  }

  /**
   * Prints a table of agents.
   *
   * @param arguments as in the help
   */
  @Descriptor("lists agents, sorted by id: id, owner (bundle and its id), metadata")
  public void list(
      @Descriptor(
              LIST + Help.OPTIONAL_FILTER + Help.LIMIT + Help.JSON + "objects " + Help.AGENT_KEYS)
          String... arguments) {
    list.run(arguments);
  }

  /**
   * Prints everything about one agent.
   *
   * @param arguments as in the help
   */
  @Descriptor("shows everything about one agent, its revision and whether its owner is alive")
  public void info(
      @Descriptor(INFO + Help.ID + Help.JSON + "an object " + Help.AGENT_KEYS)
          String... arguments) {
    info.run(arguments);
  }

  /**
   * Prints how many agents there are.
   *
   * @param arguments as in the help
   */
  @Descriptor("prints the number of agents, alone on its line")
  public void count(@Descriptor(COUNT + Help.OPTIONAL_FILTER) String... arguments) {
    count.run(arguments);
  }

  /**
   * Prints the plan of a query.
   *
   * @param arguments as in the help
   */
  @Descriptor("shows how a query is answered: which index is used, how many agents are looked at")
  public void explain(@Descriptor(EXPLAIN + Help.FILTER) String... arguments) {
    explain.run(arguments);
  }
}

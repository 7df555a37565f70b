package io.agents.registry.shell.internal.command;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.logic.AgentReports;
import io.agents.registry.shell.internal.logic.AgentSuggestions;
import java.util.Map;

/** The commands that show agents. */
public final class ReadingCommandSet {

  /** The usage line of {@code registry:list}. */
  public static final String LIST =
      "registry:list [filter] [--order-by attribute] [--descending] [--limit n] [--json]";

  /** What it does. */
  public static final String LIST_PURPOSE =
      "lists agents, by id or by an attribute: id, owner (bundle and its id), metadata";

  /** Its arguments. */
  public static final String LIST_HELP =
      Help.OPTIONAL_FILTER
          + Help.ORDER
          + Help.LIMIT
          + Help.JSON
          + "objects "
          + Help.AGENT_KEYS
          + Help.EXAMPLE
          + "registry:list '(capability=translation)' --order-by load --limit 5";

  /** The usage line of {@code registry:info}. */
  public static final String INFO = "registry:info id [--json]";

  /** What it does. */
  public static final String INFO_PURPOSE =
      "shows everything about one agent, its revision and whether its owner is alive";

  /** Its arguments. */
  public static final String INFO_HELP =
      Help.ID
          + Help.JSON
          + "an object "
          + Help.AGENT_KEYS
          + Help.EXAMPLE
          + "registry:info translator-1";

  /** The usage line of {@code registry:count}. */
  public static final String COUNT = "registry:count [filter]";

  /** What it does. */
  public static final String COUNT_PURPOSE = "prints the number of agents, alone on its line";

  /** Its arguments. */
  public static final String COUNT_HELP =
      Help.OPTIONAL_FILTER + Help.EXAMPLE + "registry:count '(health_status=healthy)'";

  /** The usage line of {@code registry:explain}. */
  public static final String EXPLAIN = "registry:explain filter [--json]";

  /** What it does. */
  public static final String EXPLAIN_PURPOSE =
      "shows how a query is answered: by which indexes, how many agents were to be looked at, and"
          + " how many were";

  /** Its arguments. */
  public static final String EXPLAIN_HELP =
      Help.FILTER
          + Help.JSON
          + "an object with access, filter, index,"
          + Help.MORE
          + "estimated, examined, matched, parts [the same]"
          + Help.EXAMPLE
          + "registry:explain '(&(capability=translation)(node=node-1))'";

  private ReadingCommandSet() {}

  /**
   * Makes the commands.
   *
   * @param registry is asked
   * @return the commands
   */
  public static CommandSet of(RegistryAdmin registry) {
    AgentReports agents = new AgentReports(registry);
    AgentSuggestions present = new AgentSuggestions(registry);
    Suggestions suggestions =
        new Suggestions(
            Map.of(
                "id",
                present::ids,
                Usage.FILTER,
                present::attributes,
                "attribute",
                present::attributes));
    return new CommandSet(
        new ShellCommand(LIST, LIST_PURPOSE, LIST_HELP, given -> list(agents, given), suggestions),
        new ShellCommand(
            INFO,
            INFO_PURPOSE,
            INFO_HELP,
            given -> agents.info(given.get("id"), given.format()),
            suggestions),
        new ShellCommand(
            COUNT,
            COUNT_PURPOSE,
            COUNT_HELP,
            given -> agents.count(given.find(Usage.FILTER)),
            suggestions),
        new ShellCommand(
            EXPLAIN,
            EXPLAIN_PURPOSE,
            EXPLAIN_HELP,
            given -> agents.explain(given.get(Usage.FILTER), given.format()),
            suggestions));
  }

  private static String list(AgentReports agents, Arguments given) {
    return agents.list(
        given.find(Usage.FILTER),
        new AgentReports.Order(given.option("--order-by"), given.has("--descending")),
        given.number("--limit"),
        given.format());
  }
}

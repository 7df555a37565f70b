package io.agents.registry.shell.internal.command;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.logic.AgentChanges;
import io.agents.registry.shell.internal.logic.AgentSuggestions;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;

/** The commands that change agents. */
public final class ChangingCommandSet {

  /** The usage line of {@code registry:register}. */
  public static final String REGISTER = "registry:register id service.id [key=value ...]";

  /** What it does. */
  public static final String REGISTER_PURPOSE = "registers a service as an agent";

  /** Its arguments. */
  public static final String REGISTER_HELP =
      Help.ID
          + Help.LINE
          + "service.id  the number of the service that is the agent; its bundle is the owner"
          + Help.METADATA
          + Help.EXAMPLE
          + "registry:register helper 42 'capability=[help]' load=0.5";

  /** The usage line of {@code registry:update}. */
  public static final String UPDATE = "registry:update id key=value ... [--merge]";

  /** What it does. */
  public static final String UPDATE_PURPOSE =
      "replaces the metadata of an agent; its revision rises by one";

  /** Its arguments. */
  public static final String UPDATE_HELP =
      Help.ID
          + Help.METADATA
          + Help.LINE
          + "--merge    keeps the keys that are not named; without it they go"
          + Help.EXAMPLE
          + "registry:update helper load=0.7 --merge";

  /** The usage line of {@code registry:unregister}. */
  public static final String UNREGISTER = "registry:unregister id";

  /** What it does. */
  public static final String UNREGISTER_PURPOSE = "unregisters an agent; its service stays";

  /** Its arguments. */
  public static final String UNREGISTER_HELP =
      Help.ID + Help.EXAMPLE + "registry:unregister helper";

  private ChangingCommandSet() {}

  /**
   * Makes the commands.
   *
   * @param registry is changed
   * @param context finds services
   * @return the commands
   */
  public static CommandSet of(RegistryAdmin registry, BundleContext context) {
    AgentChanges agents = new AgentChanges(registry, context);
    AgentSuggestions present = new AgentSuggestions(registry);
    Suggestions suggestions = new Suggestions(Map.of("id", present::ids));
    return new CommandSet(
        new ShellCommand(
            REGISTER,
            REGISTER_PURPOSE,
            REGISTER_HELP,
            given ->
                agents.register(given.get("id"), given.get("service.id"), given.all("key=value")),
            Suggestions.NONE),
        new ShellCommand(
            UPDATE, UPDATE_PURPOSE, UPDATE_HELP, given -> update(agents, given), suggestions),
        new ShellCommand(
            UNREGISTER,
            UNREGISTER_PURPOSE,
            UNREGISTER_HELP,
            given -> agents.unregister(given.get("id")),
            suggestions));
  }

  private static String update(AgentChanges agents, Arguments given) {
    List<String> metadata = given.all("key=value");
    return given.has("--merge")
        ? agents.mergeMetadata(given.get("id"), metadata)
        : agents.replaceMetadata(given.get("id"), metadata);
  }
}

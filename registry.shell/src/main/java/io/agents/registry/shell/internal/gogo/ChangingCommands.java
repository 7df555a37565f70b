package io.agents.registry.shell.internal.gogo;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.logic.AgentChanges;
import java.util.List;
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

  private static final String REGISTER = "registry:register id service.id [key=value ...]";
  private static final String UPDATE = "registry:update id key=value ... [--merge]";
  private static final String UNREGISTER = "registry:unregister id";

  private final Command register;
  private final Command update;
  private final Command unregister;

  /**
   * Begins.
   *
   * @param registry is changed
   * @param context finds services
   */
  @Activate
  public ChangingCommands(@Reference RegistryAdmin registry, BundleContext context) {
    AgentChanges agents = new AgentChanges(registry, context);
    register =
        new Command(
            REGISTER,
            given ->
                agents.register(given.get("id"), given.get("service.id"), given.all("key=value")));
    update = new Command(UPDATE, given -> update(agents, given));
    unregister = new Command(UNREGISTER, given -> agents.unregister(given.get("id")));
  }

  private static String update(AgentChanges agents, Arguments given) {
    List<String> metadata = given.all("key=value");
    return given.has("--merge")
        ? agents.mergeMetadata(given.get("id"), metadata)
        : agents.replaceMetadata(given.get("id"), metadata);
  }

  /**
   * Registers a service as an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor("registers a service as an agent")
  public void register(
      @Descriptor(
              REGISTER
                  + Help.ID
                  + "\n         service.id the number of the service that is the agent; its bundle"
                  + " is the owner"
                  + Help.METADATA)
          String... arguments) {
    register.run(arguments);
  }

  /**
   * Changes the metadata of an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor("replaces the metadata of an agent; its revision rises by one")
  public void update(
      @Descriptor(
              UPDATE
                  + Help.ID
                  + Help.METADATA
                  + "\n         --merge    keeps the keys that are not named; without it they go")
          String... arguments) {
    update.run(arguments);
  }

  /**
   * Unregisters an agent.
   *
   * @param arguments as in the help
   */
  @Descriptor("unregisters an agent; its service stays")
  public void unregister(@Descriptor(UNREGISTER + Help.ID) String... arguments) {
    unregister.run(arguments);
  }
}

package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Printable;
import io.agents.registry.shell.internal.text.MetadataInput;
import io.agents.registry.shell.internal.text.MetadataText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Changes agents, and says what was done. */
public final class AgentChanges {

  private final RegistryAdmin registry;
  private final BundleContext context;

  /**
   * Begins.
   *
   * @param registry is changed
   * @param context finds services
   */
  public AgentChanges(RegistryAdmin registry, BundleContext context) {
    this.registry = registry;
    this.context = context;
  }

  /**
   * Registers a service as an agent.
   *
   * @param id the id of the agent
   * @param serviceId the {@code service.id} of the service
   * @param metadata as {@link MetadataInput} reads it
   * @return what was done
   */
  public String register(String id, String serviceId, List<String> metadata) {
    Map<String, Object> read = MetadataInput.read(metadata);
    Registration registration = registry.register(id, service(serviceId), read);
    return registration
        .agent()
        .map(
            agent -> "registered " + describe(agent) + ", owner " + AgentView.bundle(agent.owner()))
        .orElseGet(() -> "registered " + Printable.of(id) + ", but it is gone already");
  }

  /**
   * Replaces the metadata of an agent.
   *
   * @param id the agent
   * @param metadata as {@link MetadataInput} reads it
   * @return what was done
   */
  public String replaceMetadata(String id, List<String> metadata) {
    return updated(registry.updateMetadata(id, MetadataInput.read(metadata)));
  }

  /**
   * Changes some of the metadata of an agent; keys that are not named stay.
   *
   * @param id the agent
   * @param metadata as {@link MetadataInput} reads it
   * @return what was done
   */
  public String mergeMetadata(String id, List<String> metadata) {
    Map<String, Object> read = MetadataInput.read(metadata);
    Agent seen = registry.lookup(id).orElseThrow(() -> new AgentNotFoundException(id));
    Map<String, Object> merged = new TreeMap<>(seen.metadata());
    merged.putAll(read);
    // Refused if somebody else changes it in this moment, so that no change is lost.
    return updated(registry.updateMetadata(id, merged, seen.revision()));
  }

  /**
   * Unregisters an agent.
   *
   * @param id the agent
   * @return what was done
   */
  public String unregister(String id) {
    if (!registry.unregister(id)) {
      throw new AgentNotFoundException(id);
    }
    return "unregistered " + Printable.of(id);
  }

  private static String updated(Agent agent) {
    String metadata = Printable.of(MetadataText.of(agent.metadata()));
    return "updated " + describe(agent) + ": " + metadata;
  }

  private static String describe(Agent agent) {
    return Printable.of(agent.id())
        + ", registration "
        + agent.registration()
        + ", revision "
        + agent.revision();
  }

  private ServiceReference<?> service(String text) {
    long id;
    try {
      id = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandException(
          "'" + text + "' is no service.id; give the whole number of a service");
    }
    try {
      // Of a number alone, so that the filter is what it seems to be.
      ServiceReference<?>[] found =
          context.getAllServiceReferences(null, "(service.id=" + id + ")");
      if (found == null) {
        throw new CommandException(
            "there is no service with the service.id " + id + "; give that of one that is there");
      }
      return found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the framework refuses a filter for a number", e);
    }
  }
}

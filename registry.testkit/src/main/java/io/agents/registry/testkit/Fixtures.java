package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.ServiceReference;

/** Makes agents, with registration numbers that rise. May be used by many threads at once. */
public final class Fixtures {

  /** Metadata of an agent that translates. */
  public static final Metadata TRANSLATOR =
      Metadata.copyOf(
          Map.of(
              "capability", List.of("translation", "summary"),
              "health_status", "healthy",
              "node", "node-1",
              "resources", Map.of("memory", 512, "cpu", 0.5),
              "languages", Set.of("de", "en", "fr")));

  /** Metadata of an agent that searches. */
  public static final Metadata SEARCHER =
      Metadata.copyOf(
          Map.of(
              "capability", "search",
              "health_status", "degraded",
              "node", "node-2",
              "resources", Map.of("memory", 2048L, "cpu", 4)));

  private final OwnerControl owners;
  private final AtomicLong registrations = new AtomicLong();

  /**
   * Makes agents of the given owners.
   *
   * @param owners where services come from
   */
  public Fixtures(OwnerControl owners) {
    this.owners = owners;
  }

  /**
   * An agent without metadata, of a service of its own.
   *
   * @param id its id
   * @return a new registration, at revision 1
   */
  public Agent agent(String id) {
    return agent(id, Map.of());
  }

  /**
   * An agent of a service of its own in a bundle of its own.
   *
   * @param id its id
   * @param metadata its metadata
   * @return a new registration, at revision 1
   */
  public Agent agent(String id, Map<String, ?> metadata) {
    return agent(id, owners.newService(), metadata);
  }

  /**
   * An agent of a given service.
   *
   * @param id its id
   * @param service its service, which has to be there
   * @param metadata its metadata
   * @return a new registration, at revision 1
   */
  public Agent agent(String id, ServiceReference<?> service, Map<String, ?> metadata) {
    return new Agent(
        id,
        service,
        service.getBundle(),
        service.getBundle(),
        Metadata.copyOf(metadata),
        registrations.incrementAndGet(),
        1,
        System.currentTimeMillis());
  }

  /**
   * Another registration of the same id, service and metadata.
   *
   * @param agent the former registration
   * @return the same with a new number, at revision 1
   */
  public Agent registeredAgain(Agent agent) {
    return new Agent(
        agent.id(),
        agent.service(),
        agent.owner(),
        agent.registrar(),
        agent.metadata(),
        registrations.incrementAndGet(),
        1,
        System.currentTimeMillis());
  }

  /**
   * The next revision of an agent.
   *
   * @param agent the present one
   * @param metadata its new metadata
   * @return the same registration, its revision higher by one
   */
  public static Agent updated(Agent agent, Map<String, ?> metadata) {
    return agent.withMetadata(Metadata.copyOf(metadata));
  }

  /**
   * Several agents of one service, named {@code prefix-0}, {@code prefix-1} and so on.
   *
   * @param prefix what their ids begin with
   * @param count how many
   * @param metadata the metadata of all of them
   * @return the agents, in the order of their ids
   */
  public List<Agent> agents(String prefix, int count, Map<String, ?> metadata) {
    ServiceReference<?> service = owners.newService();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      agents.add(agent(prefix + "-" + i, service, metadata));
    }
    return agents;
  }
}

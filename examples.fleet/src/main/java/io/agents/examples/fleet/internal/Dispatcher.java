package io.agents.examples.fleet.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Query;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The consumer: finds an agent by what it can do, and calls it. */
@Component(service = Dispatcher.class)
public final class Dispatcher {

  /** Who did a task, and what came of it. */
  record Answer(String agentId, String text) {}

  /**
   * Healthy agents first; then by id, so that the same agents are always tried in the same order.
   */
  private static final Comparator<Agent> BEST_FIRST =
      Comparator.comparing((Agent agent) -> !isHealthy(agent)).thenComparing(Agent::id);

  private final BundleContext context;
  private final AgentRegistry registry;

  /**
   * Begins.
   *
   * @param context gets the services of agents
   * @param registry knows the agents
   */
  @Activate
  public Dispatcher(BundleContext context, @Reference AgentRegistry registry) {
    this.context = context;
    this.registry = registry;
  }

  /**
   * Has a task done by the best agent that is able to, and by the next one if that has gone.
   *
   * @return the answer; empty if there is no such agent, or none is well enough to be asked
   */
  Optional<Answer> ask(String capability, String task) {
    Query able =
        Query.where("capability")
            .equalTo(capability)
            .and(Query.where("health_status").in(List.of(Health.HEALTHY, Health.DEGRADED)));
    return registry.query(able).stream()
        .sorted(BEST_FIRST)
        .flatMap(agent -> call(agent, task).stream())
        .findFirst();
  }

  /** Gets the service for one call, and gives it back. */
  private Optional<Answer> call(Agent agent, String task) {
    Object service = context.getService(agent.service());
    if (service == null) {
      return Optional.empty(); // It went since the registry was asked.
    }
    try {
      return service instanceof TaskHandler handler
          ? Optional.of(new Answer(agent.id(), handler.handle(task)))
          : Optional.empty(); // An agent of another fleet, that takes other tasks.
    } finally {
      context.ungetService(agent.service());
    }
  }

  private static boolean isHealthy(Agent agent) {
    return Health.HEALTHY.equals(agent.metadata().get("health_status"));
  }
}

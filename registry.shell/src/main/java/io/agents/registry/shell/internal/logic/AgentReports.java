package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.Printable;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Answers what agents there are. */
public final class AgentReports {

  private final RegistryAdmin registry;

  /**
   * Begins.
   *
   * @param registry is asked
   */
  public AgentReports(RegistryAdmin registry) {
    this.registry = registry;
  }

  /**
   * The agents, sorted by id.
   *
   * @param filter which agents; all of them without one
   * @param limit how many at most, the first by id
   * @param format table, or JSON array
   * @return the answer
   */
  public String list(Optional<String> filter, OptionalInt limit, Format format) {
    List<Agent> found =
        filter.isPresent() ? registry.query(registry.parseQuery(filter.get())) : registry.agents();
    List<Agent> shown =
        found.stream()
            .sorted(Comparator.comparing(Agent::id))
            .limit(limit.orElse(Integer.MAX_VALUE))
            .toList();
    if (format.isJson()) {
      return Json.of(shown.stream().map(AgentView::json).toList());
    }
    if (found.isEmpty()) {
      return filter.isPresent() ? "no agent matches" : "no agents";
    }
    String more =
        shown.size() < found.size() ? "\n" + shown.size() + " of " + found.size() + " agents" : "";
    return AgentView.table(shown).render(format) + more;
  }

  /**
   * Everything about one agent.
   *
   * @param id the agent
   * @param format fields, or JSON object
   * @return the answer
   */
  public String info(String id, Format format) {
    Agent agent = registry.lookup(id).orElseThrow(() -> new AgentNotFoundException(id));
    return format.isJson()
        ? Json.of(AgentView.json(agent))
        : AgentView.fields(agent).render(format);
  }

  /**
   * How many agents there are.
   *
   * @param filter which agents; all of them without one
   * @return a number
   */
  public String count(Optional<String> filter) {
    int count =
        filter.isPresent() ? registry.count(registry.parseQuery(filter.get())) : registry.count();
    return Integer.toString(count);
  }

  /**
   * The plan of a query.
   *
   * @param filter the query
   * @return a line a step
   */
  public String explain(String filter) {
    String plan = registry.explain(registry.parseQuery(filter)).describe();
    return plan.lines().map(Printable::of).collect(Collectors.joining("\n"));
  }
}

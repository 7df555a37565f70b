package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.Search;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Printable;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * What order agents are wanted in.
   *
   * @param attribute by which attribute; by id without one
   * @param descending whether the greatest come first
   */
  public record Order(Optional<String> attribute, boolean descending) {

    /** By id. */
    public static final Order BY_ID = new Order(Optional.empty(), false);

    /**
     * Checks that the two fit.
     *
     * @throws CommandException if the order is descending without an attribute
     */
    public Order {
      if (descending && attribute.isEmpty()) {
        throw new CommandException(
            "--descending needs an attribute to order by: --order-by attribute --descending");
      }
    }
  }

  /**
   * The agents, in an order.
   *
   * @param filter which agents; all of them without one
   * @param order in which order
   * @param limit how many at most, the first of the order
   * @param format table, or JSON array
   * @return the answer
   */
  public String list(Optional<String> filter, Order order, OptionalInt limit, Format format) {
    Optional<Query> query = filter.map(registry::parseQuery);
    int most = limit.orElse(Integer.MAX_VALUE);
    List<Agent> shown =
        order.attribute().isPresent()
            ? ordered(query, order.attribute().get(), order.descending(), most)
            : sortedById(query, most);
    if (format.isJson()) {
      return Json.of(shown.stream().map(AgentView::json).toList());
    }
    // There may be more of them only if the limit was reached.
    int all = shown.size() < most ? shown.size() : number(query);
    if (all == 0) {
      return filter.isPresent() ? "no agent matches" : "no agents";
    }
    String more = shown.size() < all ? "\n" + shown.size() + " of " + all + " agents" : "";
    return AgentView.table(shown).render(format) + more;
  }

  private List<Agent> sortedById(Optional<Query> query, int most) {
    List<Agent> found = query.isPresent() ? registry.query(query.get()) : registry.agents();
    return found.stream().sorted(Comparator.comparing(Agent::id)).limit(most).toList();
  }

  private List<Agent> ordered(
      Optional<Query> query, String attribute, boolean descending, int most) {
    // Without a filter the search is only the order: all agents are what it selects from.
    Query wanted = query.orElseGet(() -> Query.where(attribute).present());
    Search all = Search.of(wanted);
    Search search = descending ? all.orderByDescending(attribute) : all.orderBy(attribute);
    if (most == 0) {
      return List.of();
    }
    search = search.limit(most);
    return query.isPresent() ? registry.find(search) : search.select(registry.agents());
  }

  private int number(Optional<Query> query) {
    return query.isPresent() ? registry.count(query.get()) : registry.count();
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
    return Integer.toString(number(filter.map(registry::parseQuery)));
  }

  /**
   * The plan of a query: what was estimated, and what it came to.
   *
   * @param filter the query
   * @param format a line a step, or JSON object
   * @return the answer
   */
  public String explain(String filter, Format format) {
    QueryPlan plan = registry.explain(registry.parseQuery(filter));
    return format.isJson()
        ? Json.of(json(plan))
        : plan.describe().lines().map(Printable::of).collect(Collectors.joining("\n"));
  }

  private static Map<String, Object> json(QueryPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("access", Words.key(plan.access()));
    json.put("filter", plan.filter());
    json.put("index", plan.index());
    json.put("estimated", plan.estimated());
    json.put("examined", plan.examined());
    json.put("matched", plan.matched());
    json.put("parts", plan.parts().stream().map(AgentReports::json).toList());
    return json;
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the registry keeps its agents while no backend is there: a map and scans. */
final class PlainStore implements RegistryBackend {

  /*
   * Design: one concurrent map is atomic for each id, which is all that the contract asks for. There is
   * no second structure that could disagree with it. Owners are not monitored.
   */

  private final Map<String, Agent> agents = new ConcurrentHashMap<>();

  @Override
  public @Nullable Agent lookup(String id) {
    return agents.get(id);
  }

  @Override
  public @Nullable Agent putIfAbsent(Agent agent) {
    return agents.putIfAbsent(agent.id(), agent);
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    Agent held = agents.get(expected.id());
    return held != null
        && expected.isSameVersionAs(held)
        && agents.replace(agent.id(), held, agent);
  }

  @Override
  public boolean remove(Agent expected) {
    Agent held = agents.get(expected.id());
    return held != null && expected.isSameVersionAs(held) && agents.remove(expected.id(), held);
  }

  @Override
  public void clear() {
    agents.clear();
  }

  @Override
  public int size() {
    return agents.size();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    agents.values().forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    return agents.values().stream().filter(agent -> query.matches(agent.metadata())).toList();
  }

  @Override
  public int count(Query query) {
    int matched = 0;
    for (Agent agent : agents.values()) {
      if (query.matches(agent.metadata())) {
        matched++;
      }
    }
    return matched;
  }

  @Override
  public Set<String> indexedAttributes() {
    return Set.of();
  }

  @Override
  public QueryPlan explain(Query query) {
    int estimated = size();
    int examined = 0;
    int matched = 0;
    for (Agent agent : agents.values()) {
      examined++;
      if (query.matches(agent.metadata())) {
        matched++;
      }
    }
    return new QueryPlan(
        QueryPlan.Access.SCAN, query.toString(), "", estimated, examined, matched, List.of());
  }

  @Override
  public OwnerMonitoring monitoring() {
    return OwnerMonitoring.NONE;
  }

  @Override
  public void setOwnerGoneHandler(@Nullable OwnerGoneHandler handler) {
    // Nothing is monitored, so there is nobody to tell.
  }
}

package io.agents.registry.legacy.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps agents in one map under one lock. What people migrate away from: every query looks at every
 * agent, and agents whose owner is gone stay.
 */
@Component(
    immediate = true,
    property = {
      RegistryBackend.IMPLEMENTATION + "=" + RegistryBackend.LEGACY,
      // The default where nobody has set a target filter, whichever bundle started first.
      "service.ranking:Integer=1"
    })
public final class LegacyBackend implements RegistryBackend {

  /** Guarded by this object, for reading too. No other code runs under that lock. */
  private final Map<String, Agent> agents = new HashMap<>();

  /**
   * How many there are. Written under the lock; read without it, since the size is asked for while
   * all writers wait, and a reader that lost its processor may hold the lock for milliseconds.
   */
  private volatile int size;

  /** Called by Declarative Services. */
  @Activate
  public LegacyBackend() {}

  @Override
  public synchronized @Nullable Agent lookup(String id) {
    return agents.get(id);
  }

  @Override
  public synchronized @Nullable Agent putIfAbsent(Agent agent) {
    Agent holder = agents.putIfAbsent(agent.id(), agent);
    size = agents.size();
    return holder;
  }

  @Override
  public synchronized boolean replace(Agent expected, Agent agent) {
    if (!expected.isSameVersionAs(agents.get(expected.id()))) {
      return false;
    }
    agents.put(agent.id(), agent);
    return true;
  }

  @Override
  public synchronized boolean remove(Agent expected) {
    if (!expected.isSameVersionAs(agents.get(expected.id()))) {
      return false;
    }
    agents.remove(expected.id());
    size = agents.size();
    return true;
  }

  @Override
  public synchronized void clear() {
    agents.clear();
    size = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    // A copy, because the action is not ours and must not run under the lock.
    snapshot().forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    return snapshot().stream().filter(agent -> query.matches(agent.metadata())).toList();
  }

  @Override
  public int count(Query query) {
    return (int) snapshot().stream().filter(agent -> query.matches(agent.metadata())).count();
  }

  @Override
  public boolean exists(Query query) {
    return snapshot().stream().anyMatch(agent -> query.matches(agent.metadata()));
  }

  @Override
  public Set<String> indexedAttributes() {
    return Set.of();
  }

  @Override
  public QueryPlan explain(Query query) {
    List<Agent> all = snapshot();
    int matched = (int) all.stream().filter(agent -> query.matches(agent.metadata())).count();
    return new QueryPlan(
        QueryPlan.Access.SCAN, query.toString(), "", all.size(), all.size(), matched, List.of());
  }

  @Override
  public OwnerMonitoring monitoring() {
    return OwnerMonitoring.NONE;
  }

  @Override
  public void setOwnerGoneHandler(@Nullable OwnerGoneHandler handler) {
    // Owners are not monitored here: nobody is ever told.
  }

  private synchronized List<Agent> snapshot() {
    return List.copyOf(agents.values());
  }
}

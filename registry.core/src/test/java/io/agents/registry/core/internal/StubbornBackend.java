package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A backend in front of another one that never replaces or removes an agent, against its contract.
 */
record StubbornBackend(RegistryBackend inner) implements RegistryBackend {

  @Override
  public boolean replace(Agent expected, Agent agent) {
    return false;
  }

  @Override
  public boolean remove(Agent expected) {
    return false;
  }

  @Override
  public Agent lookup(String id) {
    return inner.lookup(id);
  }

  @Override
  public Agent putIfAbsent(Agent agent) {
    return inner.putIfAbsent(agent);
  }

  @Override
  public void clear() {
    inner.clear();
  }

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    inner.forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    return inner.query(query);
  }

  @Override
  public int count(Query query) {
    return inner.count(query);
  }

  @Override
  public Set<String> indexedAttributes() {
    return inner.indexedAttributes();
  }

  @Override
  public QueryPlan explain(Query query) {
    return inner.explain(query);
  }

  @Override
  public OwnerMonitoring monitoring() {
    return inner.monitoring();
  }

  @Override
  public void setOwnerGoneHandler(OwnerGoneHandler handler) {
    inner.setOwnerGoneHandler(handler);
  }
}

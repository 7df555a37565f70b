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
import org.jspecify.annotations.Nullable;

/**
 * What a registry that has ended reads and writes. Whoever still calls such a registry is told so:
 * an empty answer would be wrong, since the agents live on in its successor.
 */
final class EndedStore implements RegistryBackend {

  @Override
  public @Nullable Agent lookup(String id) {
    throw new EndedException();
  }

  @Override
  public @Nullable Agent putIfAbsent(Agent agent) {
    throw new EndedException();
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    throw new EndedException();
  }

  @Override
  public boolean remove(Agent expected) {
    throw new EndedException();
  }

  @Override
  public void clear() {
    // There is nothing.
  }

  @Override
  public int size() {
    throw new EndedException();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    throw new EndedException();
  }

  @Override
  public List<Agent> query(Query query) {
    throw new EndedException();
  }

  @Override
  public int count(Query query) {
    throw new EndedException();
  }

  @Override
  public Set<String> indexedAttributes() {
    throw new EndedException();
  }

  @Override
  public QueryPlan explain(Query query) {
    throw new EndedException();
  }

  @Override
  public OwnerMonitoring monitoring() {
    throw new EndedException();
  }

  @Override
  public void setOwnerGoneHandler(@Nullable OwnerGoneHandler handler) {
    // Nothing is monitored.
  }
}

package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.List;
import org.osgi.framework.ServiceReference;

/** The service that bundles use. */
final class RegistrySubject implements Subject {

  private final AgentRegistry registry;

  RegistrySubject(AgentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Agent lookup(String id) {
    return registry.lookup(id).orElse(null);
  }

  @Override
  public void register(String id, ServiceReference<?> service, Metadata metadata) {
    registry.register(id, service, metadata);
  }

  @Override
  public void unregister(String id) {
    Require.that(registry.unregister(id), id);
  }

  @Override
  public Agent update(String id, Metadata metadata) {
    return registry.updateMetadata(id, metadata);
  }

  @Override
  public List<Agent> query(Query query) {
    return registry.query(query);
  }

  @Override
  public List<Agent> find(Search search) {
    return registry.find(search);
  }

  @Override
  public boolean exists(Query query) {
    return registry.exists(query);
  }

  @Override
  public List<Agent> query(String text) {
    return registry.query(registry.parseQuery(text));
  }

  @Override
  public int count(Query query) {
    return registry.count(query);
  }

  @Override
  public int count() {
    return registry.count();
  }

  @Override
  public List<Agent> list() {
    return registry.agents();
  }
}

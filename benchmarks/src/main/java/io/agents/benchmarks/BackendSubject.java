package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.ServiceReference;

/**
 * A backend with nothing in front of it. A write of an agent that is there begins with a lookup.
 */
final class BackendSubject implements Subject {

  private final RegistryBackend backend;
  private final NewAgents newAgents = new NewAgents();

  BackendSubject(RegistryBackend backend) {
    this.backend = backend;
  }

  @Override
  public Agent lookup(String id) {
    return backend.lookup(id);
  }

  @Override
  public void register(String id, ServiceReference<?> service, Metadata metadata) {
    Require.that(backend.putIfAbsent(newAgents.make(id, service, metadata)) == null, id);
  }

  @Override
  public void unregister(String id) {
    Require.that(backend.remove(existing(id)), id);
  }

  @Override
  public Agent update(String id, Metadata metadata) {
    Agent before = existing(id);
    Agent after = before.withMetadata(metadata);
    Require.that(backend.replace(before, after), id);
    return after;
  }

  private Agent existing(String id) {
    Agent agent = backend.lookup(id);
    Require.that(agent != null, id);
    return agent;
  }

  @Override
  public List<Agent> query(Query query) {
    return backend.query(query);
  }

  @Override
  public List<Agent> find(Search search) {
    return backend.find(search);
  }

  @Override
  public boolean exists(Query query) {
    return backend.exists(query);
  }

  @Override
  public int count(Query query) {
    return backend.count(query);
  }

  @Override
  public int count() {
    return backend.size();
  }

  @Override
  public List<Agent> list() {
    List<Agent> all = new ArrayList<>(backend.size());
    backend.forEach(all::add);
    return all;
  }
}

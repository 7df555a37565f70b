package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/** A bare map: the bound for what concerns one agent, and the plain model for queries. */
final class MapSubject implements Subject {

  private final ConcurrentMap<String, Agent> agents = new ConcurrentHashMap<>();
  private final NewAgents newAgents = new NewAgents();

  @Override
  public Agent lookup(String id) {
    return agents.get(id);
  }

  @Override
  public void register(String id, ServiceReference<?> service, Metadata metadata) {
    Require.that(agents.putIfAbsent(id, newAgents.make(id, service, metadata)) == null, id);
  }

  @Override
  public void unregister(String id) {
    Require.that(agents.remove(id) != null, id);
  }

  @Override
  public Agent update(String id, Metadata metadata) {
    Agent before = agents.get(id);
    Require.that(before != null, id);
    Agent after = before.withMetadata(metadata);
    Require.that(agents.replace(id, before, after), id);
    return after;
  }

  @Override
  public List<Agent> query(Query query) {
    return matching(query).toList();
  }

  @Override
  public int count(Query query) {
    return (int) matching(query).count();
  }

  @Override
  public int count() {
    return agents.size();
  }

  @Override
  public List<Agent> list() {
    return List.copyOf(agents.values());
  }

  private Stream<Agent> matching(Query query) {
    return agents.values().stream().filter(agent -> query.matches(agent.metadata()));
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.ServiceReference;

/**
 * A backend that is plainly right: one lock over everything. The variants in {@code Planted...Bugs}
 * break one method each, which is why fields and methods are open to them.
 */
class ReferenceBackend implements RegistryBackend {

  static final Set<String> INDEXED = Set.of("capability", "health_status", "node");

  final Object lock = new Object();
  final Map<String, Agent> agents = new HashMap<>();
  final Map<String, Map<Object, Set<String>>> index = new HashMap<>();
  final Set<ServiceReference<?>> gone = new HashSet<>();
  final boolean monitors;
  OwnerGoneHandler handler;

  ReferenceBackend(boolean monitors) {
    this.monitors = monitors;
    INDEXED.forEach(attribute -> index.put(attribute, new HashMap<>()));
  }

  /** The going of a service, told by {@link FakeOwners}. */
  void serviceGoing(ServiceReference<?> service) {
    if (!monitors) {
      return;
    }
    List<Agent> going = new ArrayList<>();
    OwnerGoneHandler told;
    synchronized (lock) {
      gone.add(service);
      agents.values().stream().filter(a -> a.service().equals(service)).forEach(going::add);
      told = handler;
    }
    for (Agent agent : going) {
      if (told == null) {
        removeRegistration(agent);
      } else {
        told.ownerGone(agent, () -> removeRegistration(agent));
      }
    }
  }

  Agent removeRegistration(Agent agent) {
    synchronized (lock) {
      Agent present = agents.get(agent.id());
      if (present == null || present.registration() != agent.registration()) {
        return null;
      }
      take(present);
      return present;
    }
  }

  void requireOwner(Agent agent) {
    if (monitors && (agent.isOwnerGone() || gone.contains(agent.service()))) {
      throw new OwnerGoneException(agent.id(), agent.service());
    }
  }

  Object indexKey(Object value) {
    return Query.valueKey(value);
  }

  void store(Agent agent) {
    agents.put(agent.id(), agent);
    index.forEach(
        (attribute, postings) ->
            agent
                .metadata()
                .forEachValue(
                    attribute,
                    value ->
                        postings
                            .computeIfAbsent(indexKey(value), key -> new LinkedHashSet<>())
                            .add(agent.id())));
  }

  void take(Agent agent) {
    agents.remove(agent.id());
    forget(agent);
  }

  void forget(Agent agent) {
    index.values().forEach(postings -> postings.values().forEach(ids -> ids.remove(agent.id())));
  }

  @Override
  public Agent lookup(String id) {
    synchronized (lock) {
      return agents.get(id);
    }
  }

  @Override
  public Agent putIfAbsent(Agent agent) {
    synchronized (lock) {
      requireOwner(agent);
      Agent holder = agents.get(agent.id());
      if (holder == null) {
        store(agent);
      }
      return holder;
    }
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    synchronized (lock) {
      requireOwner(agent);
      Agent present = agents.get(expected.id());
      if (!expected.isSameVersionAs(present)) {
        return false;
      }
      take(present);
      store(agent);
      return true;
    }
  }

  @Override
  public boolean remove(Agent expected) {
    synchronized (lock) {
      Agent present = agents.get(expected.id());
      if (!expected.isSameVersionAs(present)) {
        return false;
      }
      take(present);
      return true;
    }
  }

  @Override
  public void clear() {
    synchronized (lock) {
      agents.clear();
      index.values().forEach(Map::clear);
    }
  }

  @Override
  public int size() {
    synchronized (lock) {
      return agents.size();
    }
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    List<Agent> all;
    synchronized (lock) {
      all = List.copyOf(agents.values());
    }
    all.forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    synchronized (lock) {
      return candidates(query).orElse(agents.keySet()).stream()
          .map(agents::get)
          .filter(agent -> query.matches(agent.metadata()))
          .toList();
    }
  }

  @Override
  public int count(Query query) {
    return query(query).size();
  }

  @Override
  public Set<String> indexedAttributes() {
    return INDEXED;
  }

  /** What an index gives: for an equality, and for a conjunction with one. */
  Optional<Set<String>> candidates(Query query) {
    return indexed(query)
        .map(
            comparison -> {
              Set<String> ids = new LinkedHashSet<>();
              Map<Object, Set<String>> postings = index.get(comparison.attribute());
              comparison
                  .equalKeys()
                  .forEach(key -> ids.addAll(postings.getOrDefault(key, Set.of())));
              return ids;
            });
  }

  static Optional<Query.Comparison> indexed(Query query) {
    if (query instanceof Query.And and) {
      return and.operands().stream().flatMap(part -> indexed(part).stream()).findFirst();
    }
    return query instanceof Query.Comparison comparison
            && comparison.operator() == Query.Operator.EQUAL
            && INDEXED.contains(comparison.attribute())
        ? Optional.of(comparison)
        : Optional.empty();
  }

  @Override
  public QueryPlan explain(Query query) {
    synchronized (lock) {
      int matched = query(query).size();
      Optional<Set<String>> candidates = candidates(query);
      if (candidates.isEmpty()) {
        return new QueryPlan(
            Access.SCAN, query.toString(), "", agents.size(), agents.size(), matched, List.of());
      }
      int given = candidates.get().size();
      Query.Comparison comparison = indexed(query).orElseThrow();
      QueryPlan byIndex =
          new QueryPlan(
              Access.INDEX,
              comparison.toString(),
              comparison.attribute(),
              given,
              0,
              given,
              List.of());
      return query.equals(comparison)
          ? byIndex
          : new QueryPlan(
              Access.FILTER, query.toString(), "", given, given, matched, List.of(byIndex));
    }
  }

  @Override
  public OwnerMonitoring monitoring() {
    synchronized (lock) {
      return !monitors
          ? OwnerMonitoring.NONE
          : new OwnerMonitoring(
              (int) agents.values().stream().map(Agent::service).distinct().count(),
              (int) agents.values().stream().map(Agent::owner).distinct().count());
    }
  }

  @Override
  public void setOwnerGoneHandler(OwnerGoneHandler handler) {
    synchronized (lock) {
      this.handler = handler;
    }
  }

  /** What a component would do at its end. */
  void deactivate() {
    setOwnerGoneHandler(null);
  }
}

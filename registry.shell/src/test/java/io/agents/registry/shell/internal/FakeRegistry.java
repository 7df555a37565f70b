package io.agents.registry.shell.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.Search;
import io.agents.registry.api.StaleRevisionException;
import io.agents.registry.api.SwapReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.ServiceReference;

/** A registry for the tests of commands: keeps agents in a map, answers as the API says. */
public final class FakeRegistry implements RegistryAdmin {

  public static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  /** Less deep than a query may be by default, to tell whose limits are kept. */
  private static final QueryLimits LIMITS = new QueryLimits(3, 200);

  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private final AtomicLong registrations = new AtomicLong();
  public final List<SwapReport> swaps = new ArrayList<>();
  public Optional<String> awaited = Optional.empty();
  public MirrorStatus mirror = MirrorStatus.NONE;
  public ComparisonReport comparison = ComparisonReport.NONE;
  public CallStatistics calls = CallStatistics.NONE;

  /** What somebody else does just before the next update. */
  public Runnable beforeUpdate = () -> {};

  public Agent add(String id, ServiceReference<?> service, Map<String, ?> metadata) {
    Agent agent =
        new Agent(
            id,
            service,
            service.getBundle(),
            service.getBundle(),
            Metadata.copyOf(metadata),
            registrations.incrementAndGet(),
            1,
            TIME.toEpochMilli());
    agents.put(id, agent);
    return agent;
  }

  @Override
  public Registration register(String id, ServiceReference<?> service, Map<String, ?> metadata) {
    if (agents.containsKey(id)) {
      throw new AgentAlreadyRegisteredException(agents.get(id));
    }
    return new Handle(add(id, service, metadata));
  }

  @Override
  public Optional<Agent> lookup(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata) {
    Agent seen = lookup(id).orElseThrow(() -> new AgentNotFoundException(id));
    return updateMetadata(id, metadata, seen.revision());
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata, long expectedRevision) {
    Runnable meanwhile = beforeUpdate;
    beforeUpdate = () -> {};
    meanwhile.run();
    Agent seen = agents.get(id);
    if (seen.revision() != expectedRevision) {
      throw new StaleRevisionException(id, expectedRevision, seen.revision());
    }
    Agent changed = seen.withMetadata(Metadata.copyOf(metadata));
    agents.put(id, changed);
    return changed;
  }

  @Override
  public boolean unregister(String id) {
    return agents.remove(id) != null;
  }

  @Override
  public List<Agent> query(Query query) {
    return agents().stream().filter(agent -> query.matches(agent.metadata())).toList();
  }

  @Override
  public List<Agent> find(Search search) {
    return search.select(query(search.query()));
  }

  @Override
  public boolean exists(Query query) {
    return !query(query).isEmpty();
  }

  @Override
  public Query parseQuery(String filter) {
    return Query.parse(filter, LIMITS);
  }

  @Override
  public int count() {
    return agents.size();
  }

  @Override
  public int count(Query query) {
    return query(query).size();
  }

  /** In an order that is not that of the ids. */
  @Override
  public List<Agent> agents() {
    List<Agent> all = new ArrayList<>(agents.values());
    all.sort(Collections.reverseOrder((a, b) -> a.id().compareTo(b.id())));
    return all;
  }

  @Override
  public Set<String> indexedAttributes() {
    return Set.of("node");
  }

  @Override
  public QueryPlan explain(Query query) {
    int found = count(query);
    QueryPlan part =
        new QueryPlan(Access.INDEX, query.toString(), "node", found, 0, found, List.of());
    return new QueryPlan(Access.FILTER, query.toString(), "", found, found, found, List.of(part));
  }

  @Override
  public RegistryStatus status() {
    int gone = (int) agents.values().stream().filter(Agent::isOwnerGone).count();
    return new RegistryStatus(
        "ets",
        "(registry.implementation=ets)",
        List.of("ets", "legacy"),
        awaited,
        count(),
        gone,
        1,
        2,
        3,
        4,
        false,
        swaps.isEmpty() ? Optional.empty() : Optional.of(swaps.get(swaps.size() - 1)),
        mirror);
  }

  @Override
  public List<SwapReport> swaps() {
    return swaps;
  }

  @Override
  public boolean exchangeWithMirror(String implementation) {
    return false;
  }

  @Override
  public ComparisonReport comparison() {
    return comparison;
  }

  @Override
  public CallStatistics calls() {
    return calls;
  }

  @Override
  public Registration registerOrReplace(
      String id, ServiceReference<?> service, Map<String, ?> metadata) {
    throw new UnsupportedOperationException("no command replaces an agent");
  }

  @Override
  public List<Registration> registerAll(Collection<RegistrationRequest> requests) {
    throw new UnsupportedOperationException("no command registers several agents");
  }

  @Override
  public List<Agent> findByAttribute(String name, Object value) {
    throw new UnsupportedOperationException("no command asks for a single attribute");
  }

  private final class Handle implements Registration {
    private final Agent registered;

    private Handle(Agent registered) {
      this.registered = registered;
    }

    @Override
    public String id() {
      return registered.id();
    }

    @Override
    public long number() {
      return registered.registration();
    }

    @Override
    public Optional<Agent> agent() {
      return lookup(registered.id());
    }

    @Override
    public Agent update(Map<String, ?> metadata) {
      return updateMetadata(registered.id(), metadata);
    }

    @Override
    public Agent update(Map<String, ?> metadata, long expectedRevision) {
      return updateMetadata(registered.id(), metadata, expectedRevision);
    }

    @Override
    public void close() {
      unregister(registered.id());
    }
  }
}

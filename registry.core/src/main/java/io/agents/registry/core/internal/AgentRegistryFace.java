package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Operation;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.Search;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.ServiceReference;

/** The registry as one caller sees it. Has no state but who that is. */
class AgentRegistryFace implements AgentRegistry {

  private final RegistryCore core;
  private final Routing routing;
  private final Caller caller;

  AgentRegistryFace(RegistryCore core, Caller caller) {
    this.core = core;
    this.routing = core.routing();
    this.caller = caller;
  }

  @Override
  public Registration register(String id, ServiceReference<?> service, Map<String, ?> metadata) {
    return register(id, service, metadata, TakeOver.OF_THE_DEAD);
  }

  @Override
  public Registration registerOrReplace(
      String id, ServiceReference<?> service, Map<String, ?> metadata) {
    return register(id, service, metadata, TakeOver.by(caller));
  }

  @Override
  public List<Registration> registerAll(Collection<RegistrationRequest> requests) {
    List<NewAgent> checked = core.checks().newAgents(requests, caller.bundle());
    List<Registration> handles = new ArrayList<>(checked.size());
    for (Agent agent : core.writes().registerAll(checked, TakeOver.OF_THE_DEAD)) {
      handles.add(new Handle(core, agent));
    }
    return Collections.unmodifiableList(handles);
  }

  @Override
  public Optional<Agent> lookup(String id) {
    requireId(id);
    return Optional.ofNullable(routing.lookup(id));
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata) {
    return update(id, metadata, Handle.ANY_REVISION);
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata, long expectedRevision) {
    return update(id, metadata, Handle.requireRevision(expectedRevision));
  }

  @Override
  public boolean unregister(String id) {
    requireId(id);
    Agent removed =
        core.writes()
            .remove(
                id,
                agent -> {
                  caller.requireMayChange(agent);
                  return true;
                },
                Reason.ASKED);
    if (removed != null) {
      core.changes().freed(id);
    }
    return removed != null;
  }

  @Override
  public List<Agent> findByAttribute(String name, Object value) {
    return query(Query.where(name).equalTo(value));
  }

  @Override
  public List<Agent> query(Query query) {
    Query checked = core.checks().query(query);
    return routing.read(Operation.QUERY, checked, backend -> backend.query(checked));
  }

  @Override
  public List<Agent> find(Search search) {
    InputChecks.requireNotNull("the search", search);
    core.checks().query(search.query());
    return routing.read(backend -> backend.find(search));
  }

  @Override
  public boolean exists(Query query) {
    Query checked = core.checks().query(query);
    return routing.read(backend -> backend.exists(checked));
  }

  @Override
  public Query parseQuery(String filter) {
    return core.checks().parse(filter);
  }

  @Override
  public int count() {
    return routing.read(Operation.COUNT, "", RegistryBackend::size);
  }

  @Override
  public int count(Query query) {
    Query checked = core.checks().query(query);
    return routing.read(Operation.COUNT, checked, backend -> backend.count(checked));
  }

  @Override
  public List<Agent> agents() {
    return routing.read(
        Operation.LIST,
        "",
        backend -> {
          List<Agent> all = new ArrayList<>(backend.size());
          backend.forEach(all::add);
          return Collections.unmodifiableList(all);
        });
  }

  @Override
  public Set<String> indexedAttributes() {
    return routing.read(RegistryBackend::indexedAttributes);
  }

  @Override
  public QueryPlan explain(Query query) {
    Query checked = core.checks().query(query);
    return routing.read(backend -> backend.explain(checked));
  }

  private Registration register(
      String id, ServiceReference<?> service, Map<String, ?> metadata, TakeOver takeOver) {
    NewAgent checked = core.checks().newAgent(id, service, metadata, caller.bundle());
    return new Handle(core, core.writes().register(checked, takeOver));
  }

  private Agent update(String id, Map<String, ?> metadata, Consumer<Agent> revision) {
    requireId(id);
    return core.writes()
        .update(id, core.checks().metadata(metadata), caller::requireMayChange, revision);
  }

  /** An id that nobody could register is no error here: there is no such agent. */
  private static void requireId(String id) {
    InputChecks.requireNotNull("the agent id", id);
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.Search;
import io.agents.registry.api.SwapReport;
import io.agents.registry.spi.OwnerMonitoring;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The reference registry as one bundle sees it; with no bundle, as its admin does. */
record ReferenceFace(ReferenceRegistry registry, Bundle caller) implements RegistryAdmin {

  private record Handle(ReferenceRegistry registry, String id, long number)
      implements Registration {

    @Override
    public Optional<Agent> agent() {
      return Optional.ofNullable(registry.backend.lookup(id))
          .filter(a -> a.registration() == number);
    }

    @Override
    public Agent update(Map<String, ?> metadata) {
      return registry.update(null, id, metadata, null, number);
    }

    @Override
    public Agent update(Map<String, ?> metadata, long expectedRevision) {
      return registry.update(null, id, metadata, expectedRevision, number);
    }

    @Override
    public void close() {
      registry.close(id, number);
    }
  }

  private Registration handle(Agent agent) {
    return new Handle(registry, agent.id(), agent.registration());
  }

  @Override
  public Registration register(String id, ServiceReference<?> service, Map<String, ?> metadata) {
    return handle(registry.register(caller, new RegistrationRequest(id, service, metadata), false));
  }

  @Override
  public Registration registerOrReplace(
      String id, ServiceReference<?> service, Map<String, ?> metadata) {
    return handle(registry.register(caller, new RegistrationRequest(id, service, metadata), true));
  }

  @Override
  public List<Registration> registerAll(Collection<RegistrationRequest> requests) {
    return registry.registerAll(caller, requests).stream().map(this::handle).toList();
  }

  @Override
  public Optional<Agent> lookup(String id) {
    ReferenceRegistry.require(id != null, "the id is null");
    return Optional.ofNullable(registry.backend.lookup(id));
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata) {
    return registry.update(caller, id, metadata, null, null);
  }

  @Override
  public Agent updateMetadata(String id, Map<String, ?> metadata, long expectedRevision) {
    return registry.update(caller, id, metadata, expectedRevision, null);
  }

  @Override
  public boolean unregister(String id) {
    return registry.unregister(caller, id);
  }

  @Override
  public List<Agent> findByAttribute(String name, Object value) {
    return query(Query.where(name).equalTo(value));
  }

  @Override
  public List<Agent> query(Query query) {
    return registry.backend.query(registry.checked(query));
  }

  @Override
  public List<Agent> find(Search search) {
    ReferenceRegistry.require(search != null, "the search is null");
    registry.checked(search.query());
    return registry.backend.find(search);
  }

  @Override
  public boolean exists(Query query) {
    return registry.backend.exists(registry.checked(query));
  }

  @Override
  public Query parseQuery(String filter) {
    return Query.parse(filter);
  }

  @Override
  public int count() {
    return registry.backend.size();
  }

  @Override
  public int count(Query query) {
    return registry.backend.count(registry.checked(query));
  }

  @Override
  public List<Agent> agents() {
    return BackendReads.all(registry.backend).stream().toList();
  }

  @Override
  public Set<String> indexedAttributes() {
    return registry.backend.indexedAttributes();
  }

  @Override
  public QueryPlan explain(Query query) {
    return registry.backend.explain(registry.checked(query));
  }

  @Override
  public RegistryStatus status() {
    OwnerMonitoring monitoring = registry.backend.monitoring();
    int dead = (int) agents().stream().filter(Agent::isOwnerGone).count();
    return new RegistryStatus(
        "reference",
        "",
        List.of("reference"),
        Optional.empty(),
        count(),
        dead,
        monitoring.bundles(),
        monitoring.services(),
        registry.listeners.size(),
        registry.listeners.missed.get(),
        false,
        Optional.empty(),
        MirrorStatus.NONE);
  }

  @Override
  public List<SwapReport> swaps() {
    return List.of();
  }

  @Override
  public boolean exchangeWithMirror(String implementation) {
    return false;
  }

  @Override
  public ComparisonReport comparison() {
    return ComparisonReport.NONE;
  }

  @Override
  public CallStatistics calls() {
    return CallStatistics.NONE;
  }
}

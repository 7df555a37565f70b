package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The component: concurrent, indexed, monitors owners. */
@Component(
    service = RegistryBackend.class,
    immediate = true,
    configurationPid = IndexSettings.PID,
    property = RegistryBackend.IMPLEMENTATION + "=" + RegistryBackend.ETS)
@Designate(ocd = EtsConfiguration.class)
public final class EtsBackend implements RegistryBackend {

  private final IndexSettings settings = new IndexSettings();
  private final AgentStore store;
  private final QueryPlanner planner;
  private final OwnerTracker tracker;

  /** Null while nobody wants to be told; then agents are just removed. */
  private volatile OwnerGoneHandler handler;

  /**
   * Called by Declarative Services.
   *
   * @param context of this bundle
   * @param configuration of the PID
   */
  @Activate
  public EtsBackend(BundleContext context, Map<String, Object> configuration) {
    store = new AgentStore(settings.read(configuration));
    planner = new QueryPlanner(store);
    tracker = new OwnerTracker(context, this::sweep);
    tracker.open();
  }

  @Modified
  void modified(Map<String, Object> configuration) {
    Set<String> attributes = settings.read(configuration);
    if (!attributes.equals(indexedAttributes())) {
      store.reindex(attributes);
    }
  }

  @Deactivate
  void deactivate() {
    tracker.close();
  }

  @Override
  public Agent lookup(String id) {
    return store.get(id);
  }

  @Override
  public Agent putIfAbsent(Agent agent) {
    requireOwner(agent);
    Agent held = store.putIfAbsent(agent);
    if (held == null) {
      takeBackIfGone(agent);
    }
    return held;
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    requireOwner(agent);
    boolean replaced = store.replace(expected, agent);
    if (replaced) {
      takeBackIfGone(agent);
    }
    return replaced;
  }

  private void requireOwner(Agent agent) {
    if (tracker.isGone(agent.service())) {
      throw new OwnerGoneException(agent.id(), agent.service());
    }
  }

  private void takeBackIfGone(Agent agent) {
    if (tracker.isGone(agent.service())) {
      store.remove(agent);
      throw new OwnerGoneException(agent.id(), agent.service());
    }
  }

  @Override
  public boolean remove(Agent expected) {
    return store.remove(expected);
  }

  @Override
  public void clear() {
    store.clear();
  }

  @Override
  public int size() {
    return store.size();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    store.all().forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    return planner.find(query);
  }

  @Override
  public int count(Query query) {
    return planner.count(query);
  }

  @Override
  public Set<String> indexedAttributes() {
    return Set.copyOf(store.indexes().attributes());
  }

  @Override
  public QueryPlan explain(Query query) {
    return planner.explain(query);
  }

  @Override
  public OwnerMonitoring monitoring() {
    Set<Long> bundles = new HashSet<>();
    int services = 0;
    for (ServiceReference<?> service : store.owners()) {
      services++;
      store.agentsOf(service).stream()
          .findAny()
          .ifPresent(agent -> bundles.add(agent.owner().getBundleId()));
    }
    return new OwnerMonitoring(services, bundles.size());
  }

  @Override
  public void setOwnerGoneHandler(OwnerGoneHandler told) {
    handler = told;
  }

  private void sweep(ServiceReference<?> owner) {
    for (Agent agent : store.agentsOf(owner)) {
      OwnerGoneHandler told = handler;
      if (told == null) {
        store.removeRegistration(agent.id(), agent.registration());
      } else {
        told.ownerGone(agent, () -> store.removeRegistration(agent.id(), agent.registration()));
      }
    }
  }
}

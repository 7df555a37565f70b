package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.Search;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: concurrent, indexed, monitors owners. */
@Component(
    service = RegistryBackend.class,
    immediate = true,
    configurationPid = IndexSettings.PID,
    property = RegistryBackend.IMPLEMENTATION + "=" + RegistryBackend.ETS)
@Designate(ocd = EtsBackend.Configuration.class)
public final class EtsBackend implements RegistryBackend {

  /** Describes the configuration to tools; {@link IndexSettings} reads it. */
  @ObjectClassDefinition(
      name = "Agent registry: backend ets",
      description =
          "What the backend ets keeps indexes for. A change takes effect while the registry runs.")
  @interface Configuration {

    /** The attributes to index. */
    @AttributeDefinition(
        name = "Indexed attributes",
        description =
            "Names or paths of metadata, such as capability or resources.memory; at most 64. "
                + "A query for a value of one of them looks only at the agents that have it. "
                + "Each costs memory for every agent that has the attribute.")
    String[] indexed_attributes() default {"capability", "health_status", "node"};

    /** The attributes whose values are kept in order. */
    @AttributeDefinition(
        name = "Ordered attributes",
        description =
            "Names or paths of metadata, such as load or resources.memory; at most 64. They are "
                + "indexed, and a query for a range of values, or for the agents in the order of "
                + "their values, goes by the index. Each costs more memory than an index without "
                + "order.")
    String[] ordered_attributes() default {};
  }

  private static final Logger LOG = LoggerFactory.getLogger(EtsBackend.class);

  private final IndexSettings settings = new IndexSettings();
  private final OwnerTracker tracker;
  private final AgentStore store;
  private final QueryPlanner planner;

  /** Null while nobody wants to be told; then agents are just removed. */
  private volatile @Nullable OwnerGoneHandler handler;

  /**
   * Called by Declarative Services.
   *
   * @param context of this bundle
   * @param configuration of the PID
   */
  @Activate
  public EtsBackend(BundleContext context, Map<String, Object> configuration) {
    tracker = new OwnerTracker(context, this::sweep);
    store = new AgentStore(settings.read(configuration), tracker::mayHaveAgents);
    planner = new QueryPlanner(store);
    tracker.open();
  }

  @Modified
  void modified(Map<String, Object> configuration) {
    Indexing indexing = settings.read(configuration);
    if (!indexing.equals(store.indexes().indexing())) {
      store.reindex(indexing);
      LOG.info(
          "indexed attributes are now {}, in order {}",
          new TreeSet<>(indexing.attributes()),
          new TreeSet<>(indexing.ordered()));
    }
  }

  @Deactivate
  void deactivate() {
    tracker.close();
  }

  @Override
  public @Nullable Agent lookup(String id) {
    return store.get(id);
  }

  @Override
  public @Nullable Agent putIfAbsent(Agent agent) {
    requireOwner(agent);
    return store.putIfAbsent(agent);
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    requireOwner(agent);
    return store.replace(expected, agent);
  }

  /** Also where nothing would be stored; the store asks again, at the moment that counts. */
  private void requireOwner(Agent agent) {
    if (tracker.isGone(agent.service())) {
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
    store.forEach(action);
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
  public boolean exists(Query query) {
    return planner.exists(query);
  }

  @Override
  public List<Agent> find(Search search) {
    return planner.find(search);
  }

  @Override
  public Set<String> indexedAttributes() {
    return store.indexes().attributes();
  }

  @Override
  public QueryPlan explain(Query query) {
    return planner.explain(query);
  }

  @Override
  public OwnerMonitoring monitoring() {
    long bundles =
        store.oneOfEachOwner().stream()
            .mapToLong(agent -> agent.owner().getBundleId())
            .distinct()
            .count();
    return new OwnerMonitoring(store.owners(), (int) bundles);
  }

  @Override
  public void setOwnerGoneHandler(@Nullable OwnerGoneHandler told) {
    handler = told;
  }

  /** Removes the agents of a service that is going. Called under no lock. */
  private void sweep(ServiceReference<?> owner) {
    for (Agent agent : store.agentsOf(owner)) {
      OwnerGoneHandler told = handler;
      if (told == null) {
        store.removeRegistration(agent);
      } else {
        tell(told, agent);
      }
    }
  }

  private void tell(OwnerGoneHandler told, Agent agent) {
    try {
      told.ownerGone(agent, () -> store.removeRegistration(agent));
    } catch (RuntimeException e) {
      LOG.error("the going of the agent '{}' was not dealt with; it is removed", agent.id(), e);
      store.removeRegistration(agent);
    }
  }
}

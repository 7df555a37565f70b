package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * The service registry of the framework itself, asked by LDAP filters: what a bundle would use if
 * there were no agent registry. An agent is a service whose properties are its metadata.
 */
final class ServicesSubject implements Subject {

  /** What the services are registered as. */
  private static final String MARKER = Subject.class.getName();

  private static final String ID = "agent.id";
  private static final String AGENT = "agent.value";

  private final BundleContext context;
  private final NewAgents newAgents = new NewAgents();
  private final Map<String, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();
  private final IdentityHashMap<Query, String> prepared = new IdentityHashMap<>();

  ServicesSubject(BundleContext context) {
    this.context = context;
  }

  @Override
  public void prepare(Query query) {
    prepared.put(query, query.toString());
  }

  @Override
  public Agent lookup(String id) {
    List<Agent> found = find("(" + ID + "=" + id + ")");
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public void register(String id, ServiceReference<?> service, Metadata metadata) {
    Agent agent = newAgents.make(id, service, metadata);
    ServiceRegistration<?> registration =
        service.getBundle().getBundleContext().registerService(MARKER, this, properties(agent));
    Require.that(registrations.putIfAbsent(id, registration) == null, id);
  }

  @Override
  public void unregister(String id) {
    ServiceRegistration<?> registration = registrations.remove(id);
    Require.that(registration != null, id);
    registration.unregister();
  }

  @Override
  public Agent update(String id, Metadata metadata) {
    ServiceRegistration<?> registration = registrations.get(id);
    Require.that(registration != null, id);
    Agent before = (Agent) registration.getReference().getProperty(AGENT);
    Agent after = before.withMetadata(metadata);
    registration.setProperties(properties(after));
    return after;
  }

  @Override
  public List<Agent> query(Query query) {
    return find(prepared.get(query));
  }

  @Override
  public List<Agent> query(String text) {
    return find(text);
  }

  @Override
  public int count(Query query) {
    return find(prepared.get(query)).size();
  }

  @Override
  public int count() {
    return registrations.size();
  }

  @Override
  public List<Agent> list() {
    return find((String) null);
  }

  private List<Agent> find(String filter) {
    ServiceReference<?>[] references;
    try {
      references = context.getServiceReferences(MARKER, filter);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
    if (references == null) {
      return List.of();
    }
    List<Agent> agents = new ArrayList<>(references.length);
    for (ServiceReference<?> reference : references) {
      agents.add((Agent) reference.getProperty(AGENT));
    }
    return agents;
  }

  private static Dictionary<String, Object> properties(Agent agent) {
    Map<String, Object> properties = new HashMap<>(agent.metadata());
    properties.put(ID, agent.id());
    properties.put(AGENT, agent);
    return FrameworkUtil.asDictionary(properties);
  }
}

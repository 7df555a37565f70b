package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.testkit.FakeOwners;
import java.util.List;
import java.util.Map;
import org.osgi.framework.ServiceReference;

/**
 * A store with an index of {@code capability}; one agent of one service comes, changes and goes.
 */
final class StoreOfAgents {

  private static final String ID = "agent";
  private static final ServiceReference<?> SERVICE = new FakeOwners().newService();

  private final AgentStore store = new AgentStore(Indexing.of("capability"), owner -> isLive());
  private final QueryPlanner planner = new QueryPlanner(store);

  private volatile boolean ownerIsGoing;

  private boolean isLive() {
    return !ownerIsGoing;
  }

  /** Whether the agent was stored: 1 or 0. */
  int put(String... capabilities) {
    return put(ID, capabilities);
  }

  void putAnother(String... capabilities) {
    put("another", capabilities);
  }

  private int put(String id, String... capabilities) {
    try {
      Agent agent =
          new Agent(
              id,
              SERVICE,
              SERVICE.getBundle(),
              SERVICE.getBundle(),
              metadata(capabilities),
              1,
              1,
              1);
      return store.putIfAbsent(agent) == null ? 1 : 0;
    } catch (OwnerGoneException e) {
      return 0;
    }
  }

  void update(String... capabilities) {
    Agent held = store.get(ID);
    store.replace(held, held.withMetadata(metadata(capabilities)));
  }

  void remove() {
    store.remove(store.get(ID));
  }

  void clear() {
    store.clear();
  }

  void indexNodes() {
    store.reindex(Indexing.of("node"));
  }

  /** What the announcement that a service is going does: note it, then sweep. */
  void ownerGoes() {
    ownerIsGoing = true;
    store.agentsOf(SERVICE).forEach(store::removeRegistration);
  }

  /** 1 if the agent is there and whole, 0 if it is not there. */
  int lookup() {
    Agent agent = store.get(ID);
    if (agent == null) {
      return 0;
    }
    return agent.revision() == 1 && agent.metadata().get("node").equals("node-1") ? 1 : -1;
  }

  int count(String filter) {
    return planner.find(Query.parse(filter)).size();
  }

  int owners() {
    return store.owners();
  }

  private static Metadata metadata(String... capabilities) {
    return Metadata.copyOf(Map.of("capability", List.of(capabilities), "node", "node-1"));
  }
}

package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;

/** The agents, and the indexes over them. */
final class AgentStore {

  // What is kept. One map from id to agent is the truth. Beside it stand posting lists of ids: by
  // owner, and by the
  // values of the indexed attributes. Posting lists say where to look; what is returned comes from
  // the map and is
  // looked at again there.
  //
  // Order of writes. A writer holds the lock of the id's stripe; readers hold none. It first adds
  // the id to the
  // posting lists of the new revision, then puts the new revision into the map, then removes the id
  // from the lists that
  // only the former revision needed. So at every moment an agent that the map gives is in every
  // list that its revision
  // belongs to; it may be in others, which readers notice because they look at the agent itself.
  // Lists that both
  // revisions need are not touched, so a reader in the midst of one of them does not miss the
  // agent.
  //
  // Another set of indexed attributes is built beside the one in use: from one instant on writers
  // keep both, then every
  // agent is added to the new one under the lock of its id, then the new one is put in the place of
  // the old.
  //
  // Stripes are taken in ascending order where all are needed. Nothing is called under them but the
  // maps here.

  private static final int STRIPES = 256;

  private final ConcurrentMap<String, Agent> agents = new ConcurrentHashMap<>();
  private final Postings<ServiceReference<?>> byOwner = new Postings<>();
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  /** Written under all stripes. */
  private volatile AttributeIndexes indexes;

  /**
   * The indexes that are just being built, or the same as those in use; guarded by the stripes,
   * written under all.
   */
  private AttributeIndexes building;

  AgentStore(Set<String> attributes) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    indexes = new AttributeIndexes(attributes);
    building = indexes;
  }

  Agent get(String id) {
    return agents.get(id);
  }

  Agent putIfAbsent(Agent agent) {
    return locked(
        agent.id(),
        () -> {
          Agent held = agents.get(agent.id());
          if (held == null) {
            exchange(agent.id(), null, agent);
          }
          return held;
        });
  }

  boolean replace(Agent expected, Agent agent) {
    return locked(
        expected.id(),
        () -> {
          Agent held = agents.get(expected.id());
          boolean same = expected.isSameVersionAs(held);
          if (same) {
            exchange(expected.id(), held, agent);
          }
          return same;
        });
  }

  boolean remove(Agent expected) {
    return locked(
        expected.id(),
        () -> {
          Agent held = agents.get(expected.id());
          boolean same = expected.isSameVersionAs(held);
          if (same) {
            exchange(expected.id(), held, null);
          }
          return same;
        });
  }

  /** Removes whatever revision of this registration is there; what was removed, or null. */
  Agent removeRegistration(String id, long registration) {
    return locked(
        id,
        () -> {
          Agent held = agents.get(id);
          if (held == null || held.registration() != registration) {
            return null;
          }
          exchange(id, held, null);
          return held;
        });
  }

  void clear() {
    allLocked(
        () -> {
          agents.clear();
          byOwner.clear();
          indexes.clear();
          building.clear();
        });
  }

  int size() {
    return agents.size();
  }

  Collection<Agent> all() {
    return Collections.unmodifiableCollection(agents.values());
  }

  AttributeIndexes indexes() {
    return indexes;
  }

  /** The agents of an owner, found without looking at others; a copy. */
  List<Agent> agentsOf(ServiceReference<?> owner) {
    return byOwner.ids(owner).stream()
        .map(agents::get)
        .filter(agent -> agent != null && agent.service().equals(owner))
        .toList();
  }

  /** A live view of the services that have agents here. */
  Set<ServiceReference<?>> owners() {
    return byOwner.keys();
  }

  /** Indexes other attributes from now on. To be called by one thread at a time. */
  void reindex(Set<String> attributes) {
    AttributeIndexes next = new AttributeIndexes(attributes);
    allLocked(() -> building = next);
    for (String id : agents.keySet()) {
      locked(
          id,
          () -> {
            Agent agent = agents.get(id);
            if (agent != null) {
              next.addMissing(id, Metadata.empty(), agent.metadata());
            }
            return agent;
          });
    }
    allLocked(() -> indexes = next);
  }

  /** Under the lock of the id. Either agent may be null. */
  private void exchange(String id, Agent before, Agent now) {
    Metadata former = before == null ? Metadata.empty() : before.metadata();
    Metadata next = now == null ? Metadata.empty() : now.metadata();
    AttributeIndexes inUse = indexes;
    inUse.addMissing(id, former, next);
    if (building != inUse) {
      building.addMissing(id, Metadata.empty(), next);
    }
    if (now == null) {
      agents.remove(id);
    } else {
      byOwner.add(now.service(), id);
      agents.put(id, now);
    }
    if (before != null && (now == null || !now.service().equals(before.service()))) {
      byOwner.remove(before.service(), id);
    }
    inUse.removeObsolete(id, former, next);
    if (building != inUse) {
      building.removeObsolete(id, former, next);
    }
  }

  private <T> T locked(String id, Supplier<T> write) {
    int hash = id.hashCode();
    ReentrantLock stripe = stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    stripe.lock();
    try {
      return write.get();
    } finally {
      stripe.unlock();
    }
  }

  private void allLocked(Runnable write) {
    int held = 0;
    try {
      for (ReentrantLock stripe : stripes) {
        stripe.lock();
        held++;
      }
      write.run();
    } finally {
      while (held > 0) {
        stripes[--held].unlock();
      }
    }
  }
}

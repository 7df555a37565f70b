package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;

/** The agents, and the indexes over them. */
final class AgentStore {

  /*
   * Design
   *
   * What is kept. One map from id to agent is the truth. Beside it stand posting lists of ids: by
   * owner, and by the values of the indexed attributes. Posting lists say where to look; what is
   * returned comes from the map and is looked at again there.
   *
   * Order of writes. A writer holds the lock of the id; readers hold none. It first adds
   * the id to the posting lists of the new revision, then puts the new revision into the map, then
   * removes the id from the lists that only the former revision needed. So at every moment an agent
   * that the map gives is in every list that its revision belongs to; it may be in others, which
   * readers notice because they look at the agent itself. Lists that both revisions need are not
   * touched, so a reader in the midst of one of them does not miss the agent.
   *
   * Owners that go. A writer adds the id to the owner's list first and then asks whether the owner
   * may have agents; if not, it takes the id out again and nothing has changed: the agent that was
   * to be replaced has been there all the time. Whoever announces the going of an owner notes it
   * first and then looks for the owner's agents, under the lock of each id. If the writer asked
   * before the note was made, its id is in the list by then, and the lock makes the sweep wait until
   * the agent is in the map.
   *
   * Another set of indexed attributes is built beside the one in use: from one instant on writers
   * keep both, then every agent is added to the new one under the lock of its id, then the new one
   * is put in the place of the old. A query goes on with the set that it began with: what has
   * matched since then has not left the lists that it was in.
   *
   * Nothing is called under the locks but the maps here and the question about the owner, which
   * takes no lock.
   */

  private final ConcurrentMap<String, Agent> agents = new ConcurrentHashMap<>();
  private final Postings<ServiceReference<?>> byOwner = new Postings<>();
  private final StripedLocks locks = new StripedLocks();
  private final Predicate<ServiceReference<?>> mayHaveAgents;

  /** Written under all locks. */
  private volatile AttributeIndexes indexes;

  /**
   * The indexes that are just being built, or the same as those in use; guarded by the locks,
   * written under all.
   */
  private AttributeIndexes building;

  AgentStore(Set<String> attributes, Predicate<ServiceReference<?>> mayHaveAgents) {
    this.mayHaveAgents = mayHaveAgents;
    indexes = new AttributeIndexes(attributes);
    building = indexes;
  }

  @Nullable Agent get(String id) {
    return agents.get(id);
  }

  /**
   * The holder of the id, or null if the agent was stored.
   *
   * @throws OwnerGoneException if the id is free and the agent's owner may have no agents
   */
  @Nullable Agent putIfAbsent(Agent agent) {
    return locks.locked(
        agent.id(),
        () -> {
          Agent held = agents.get(agent.id());
          if (held == null) {
            put(null, agent);
          }
          return held;
        });
  }

  /**
   * Whether the expected version was there and was replaced.
   *
   * @throws OwnerGoneException if it was there and the new agent's owner may have no agents
   */
  boolean replace(Agent expected, Agent agent) {
    return locks.locked(
        expected.id(),
        () -> {
          Agent held = agents.get(expected.id());
          if (held == null || !expected.isSameVersionAs(held)) {
            return false;
          }
          put(held, agent);
          return true;
        });
  }

  boolean remove(Agent expected) {
    return locks.locked(
        expected.id(),
        () -> {
          Agent held = agents.get(expected.id());
          if (held == null || !expected.isSameVersionAs(held)) {
            return false;
          }
          delete(held);
          return true;
        });
  }

  /** Removes whatever revision of this agent's registration is there; what it was, or null. */
  @Nullable Agent removeRegistration(Agent agent) {
    return locks.locked(
        agent.id(),
        () -> {
          Agent held = agents.get(agent.id());
          if (held == null || held.registration() != agent.registration()) {
            return null;
          }
          delete(held);
          return held;
        });
  }

  void clear() {
    locks.allLocked(
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
    List<Agent> owned = new ArrayList<>();
    for (String id : byOwner.ids(owner)) {
      // Under the lock, to wait for a writer that has asked for the owner and not stored yet.
      Agent agent = locks.locked(id, () -> agents.get(id));
      if (agent != null && agent.service().equals(owner)) {
        owned.add(agent);
      }
    }
    return owned;
  }

  /** How many services have agents here. */
  int owners() {
    return byOwner.keys().size();
  }

  /** One agent of each service that has any; a copy. */
  List<Agent> oneOfEachOwner() {
    List<Agent> found = new ArrayList<>();
    for (ServiceReference<?> owner : byOwner.keys()) {
      byOwner.ids(owner).stream()
          .map(agents::get)
          .filter(agent -> agent != null && agent.service().equals(owner))
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }

  /** Indexes other attributes from now on. To be called by one thread at a time. */
  void reindex(Set<String> attributes) {
    beginBuilding(attributes);
    build();
    useBuilt();
  }

  void beginBuilding(Set<String> attributes) {
    AttributeIndexes next = new AttributeIndexes(attributes);
    locks.allLocked(() -> building = next);
  }

  void build() {
    for (String id : agents.keySet()) {
      locks.locked(
          id,
          () -> {
            Agent agent = agents.get(id);
            if (agent != null) {
              building.change(id, Metadata.empty(), agent.metadata(), true, false).join();
            }
            return agent;
          });
    }
  }

  void useBuilt() {
    locks.allLocked(() -> indexes = building);
  }

  /** Under the lock of the id; {@code before} is what is there, or null. */
  private void put(@Nullable Agent before, Agent now) {
    String id = now.id();
    boolean comes = before == null || !before.service().equals(now.service());
    if (comes) {
      byOwner.add(now.service(), id);
    }
    if (!mayHaveAgents.test(now.service())) {
      if (comes) {
        byOwner.remove(now.service(), id);
      }
      throw new OwnerGoneException(id, now.service());
    }
    Metadata former = before == null ? Metadata.empty() : before.metadata();
    changeIndexed(id, former, now.metadata(), true, () -> agents.put(id, now));
    if (comes && before != null) {
      byOwner.remove(before.service(), id);
    }
  }

  /** Under the lock of the id. */
  private void delete(Agent held) {
    String id = held.id();
    changeIndexed(id, held.metadata(), Metadata.empty(), false, () -> agents.remove(id));
    byOwner.remove(held.service(), id);
  }

  private void changeIndexed(
      String id, Metadata before, Metadata now, boolean stays, Runnable change) {
    AttributeIndexes inUse = indexes;
    AttributeIndexes.Change present = inUse.change(id, before, now, stays, true);
    present.join();
    if (building == inUse) {
      change.run();
    } else {
      AttributeIndexes.Change next = building.change(id, before, now, stays, false);
      next.join();
      change.run();
      next.leave();
    }
    present.leave();
  }
}

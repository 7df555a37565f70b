package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;

/** The agents, and the indexes over them. */
final class AgentStore {

  /*
   * Design
   *
   * What is kept. A table from id to agent is the truth about what is there; a lookup reads it and
   * nothing else. Every registration has a slot, a small number, from its beginning to its end. By
   * slot there are the agents once more, bits for those that have an agent and for those that have an
   * indexed attribute, and posting lists of those of each owner and of those that have each value. A
   * slot in a list costs one bit or two to four bytes. Nothing is kept an agent but its entry in the
   * table, its place among the slots, and these.
   *
   * Writers hold the lock of the id's stripe. They touch the lists of values that changed and no
   * others. Between the beginning and the end of a change the slot is noted in the change log.
   *
   * Readers of lists hold nothing. The change log tells a query which slots were being changed while
   * it read. Whatever it read of all other slots stood still: their bits in all lists and their
   * agents fit together, so that what the lists say of them needs no look at any metadata. The few
   * that changed are looked at one by one: at the truth, in the table, and at the metadata. So each
   * agent that is found matched, in the revision that is returned; nobody is found twice, since a
   * registration does not change its slot; and nobody is missed. Nor does it matter to whom a slot
   * was given meanwhile: it has changed. ChangeLog says why.
   *
   * Order of writes. The agent is at its slot before it is in the table, and leaves the table before
   * its slot, so that whoever is in the table is found by slot. The rest has no order that matters.
   *
   * Owners that go. A writer adds the slot to the owner's list first and then asks whether the owner
   * may have agents; if not, it takes the slot out again and nothing has changed: the agent that was
   * to be replaced has been there all the time. Whoever announces the going of an owner notes it
   * first and then looks for the owner's agents, under the lock of each slot. If the writer asked
   * before the note was made, its slot is in the list by then, and the lock makes the sweep wait until
   * the agent is there.
   *
   * Another set of indexed attributes is built beside the one in use: from one instant on writers
   * keep both, then every agent is added to the new one under the lock of its slot, then the new one
   * is put in the place of the old. A query goes on with the set that it began with; what has changed
   * since then is in the change log.
   *
   * Nothing is called under the locks but what is here and the question about the owner, which takes
   * no lock. Posting lists have monitors of their own, under which nothing else is called.
   */

  private final IdTable ids = new IdTable();
  private final StripedLocks locks = new StripedLocks();
  private final Predicate<ServiceReference<?>> mayHaveAgents;

  /** Replaced under all locks. */
  private volatile Content content;

  AgentStore(Indexing indexing, Predicate<ServiceReference<?>> mayHaveAgents) {
    this.mayHaveAgents = mayHaveAgents;
    AttributeIndexes indexes = new AttributeIndexes(indexing);
    content = new Content(indexes, indexes);
  }

  @Nullable Agent get(String id) {
    return ids.get(id);
  }

  /**
   * The holder of the id, or null if the agent was stored.
   *
   * @throws OwnerGoneException if the id is free and the agent's owner may have no agents
   */
  @Nullable Agent putIfAbsent(Agent agent) {
    int hash = IdTable.hash(agent.id());
    Lock lock = lock(hash);
    lock.lock();
    try {
      IdTable.Entry held = ids.entry(hash, agent.id());
      if (held == null) {
        add(hash, agent);
      }
      return held == null ? null : held.agent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the expected version was there and was replaced.
   *
   * @throws OwnerGoneException if it was there and the new agent's owner may have no agents
   */
  boolean replace(Agent expected, Agent agent) {
    int hash = IdTable.hash(expected.id());
    Lock lock = lock(hash);
    lock.lock();
    try {
      IdTable.Entry held = ids.entry(hash, expected.id());
      if (held == null || !expected.isSameVersionAs(held.agent())) {
        return false;
      }
      change(held, agent);
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean remove(Agent expected) {
    int hash = IdTable.hash(expected.id());
    Lock lock = lock(hash);
    lock.lock();
    try {
      IdTable.Entry held = ids.entry(hash, expected.id());
      if (held == null || !expected.isSameVersionAs(held.agent())) {
        return false;
      }
      delete(held);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes whatever revision of this agent's registration is there; what it was, or null. */
  @Nullable Agent removeRegistration(Agent agent) {
    int hash = IdTable.hash(agent.id());
    Lock lock = lock(hash);
    lock.lock();
    try {
      IdTable.Entry held = ids.entry(hash, agent.id());
      if (held == null || held.agent().registration() != agent.registration()) {
        return null;
      }
      delete(held);
      return held.agent();
    } finally {
      lock.unlock();
    }
  }

  private Lock lock(int hash) {
    return locks.ofStripe(IdTable.stripe(hash));
  }

  void clear() {
    locks.allLocked(
        () -> {
          AttributeIndexes inUse = content.indexes().emptied();
          boolean same = content.building() == content.indexes();
          ids.clear();
          content = new Content(inUse, same ? inUse : content.building().emptied());
        });
  }

  int size() {
    return ids.size();
  }

  void forEach(Consumer<? super Agent> action) {
    ids.forEach(action);
  }

  /** Whether an agent passes the test; no more are looked at then. */
  boolean any(Predicate<? super Agent> test) {
    return ids.any(test);
  }

  /** A copy. */
  List<Agent> all() {
    List<Agent> all = new ArrayList<>(size());
    forEach(all::add);
    return all;
  }

  Content content() {
    return content;
  }

  AttributeIndexes indexes() {
    return content.indexes();
  }

  /** The agent of a slot in its present revision, or null if the slot has none. */
  @Nullable Agent current(Content of, int slot) {
    Agent seen = of.slots.get(slot);
    if (seen == null) {
      return null;
    }
    IdTable.Entry entry = ids.entry(IdTable.hash(seen.id()), seen.id());
    return entry == null || entry.slot() != slot ? null : entry.agent();
  }

  /** The agents of an owner, found without looking at others; a copy. */
  List<Agent> agentsOf(ServiceReference<?> owner) {
    List<Agent> owned = new ArrayList<>();
    Content present = content;
    for (int slot : slotsOf(present, owner)) {
      Agent agent = waitedFor(present, slot);
      if (agent != null && agent.service().equals(owner)) {
        owned.add(agent);
      }
    }
    return owned;
  }

  private static int[] slotsOf(Content of, ServiceReference<?> owner) {
    Posting slots = of.byOwner.get(owner);
    return slots == null ? new int[0] : SlotList.of(slots).toArray();
  }

  /** Under the lock, to wait for a writer that has asked for the owner and not stored yet. */
  private @Nullable Agent waitedFor(Content of, int slot) {
    Lock lock = locks.ofStripe(SlotTable.stripe(slot));
    lock.lock();
    try {
      return of.slots.get(slot);
    } finally {
      lock.unlock();
    }
  }

  /** How many services have agents here. */
  int owners() {
    return content.byOwner.lists().size();
  }

  /** One agent of each service that has any; a copy. */
  List<Agent> oneOfEachOwner() {
    Content present = content;
    List<Agent> found = new ArrayList<>();
    for (ServiceReference<?> owner : present.byOwner.lists().keySet()) {
      for (int slot : slotsOf(present, owner)) {
        Agent agent = present.slots.get(slot);
        if (agent != null && agent.service().equals(owner)) {
          found.add(agent);
          break;
        }
      }
    }
    return found;
  }

  /** Indexes other attributes from now on. To be called by one thread at a time. */
  void reindex(Indexing indexing) {
    beginBuilding(indexing);
    build();
    useBuilt();
  }

  void beginBuilding(Indexing indexing) {
    AttributeIndexes next = new AttributeIndexes(indexing);
    locks.allLocked(() -> content.build(next));
  }

  void build() {
    Content present = content;
    for (int slot = 0; slot < present.slots.limit(); slot++) {
      Lock lock = locks.ofStripe(SlotTable.stripe(slot));
      lock.lock();
      try {
        Agent agent = present.slots.get(slot);
        if (agent != null) {
          present.building().change(slot, Metadata.empty(), agent.metadata(), false);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  void useBuilt() {
    locks.allLocked(() -> content.useBuilt());
  }

  /** Under the lock of the id. */
  private void add(int hash, Agent agent) {
    Content present = content;
    int slot = present.slots.take(IdTable.stripe(hash));
    present.byOwner.add(agent.service(), slot);
    if (!mayHaveAgents.test(agent.service())) {
      present.byOwner.remove(agent.service(), slot);
      present.slots.giveBack(slot);
      throw new OwnerGoneException(agent.id(), agent.service());
    }
    present.log.begin(slot);
    present.slots.set(slot, agent);
    ids.add(hash, agent, slot);
    present.live.add(slot);
    index(present, slot, Metadata.empty(), agent.metadata());
    present.log.end(slot);
  }

  /** Under the lock of the id. */
  private void change(IdTable.Entry held, Agent agent) {
    Content present = content;
    int slot = held.slot();
    Agent former = held.agent();
    boolean moves = !former.service().equals(agent.service());
    if (moves) {
      present.byOwner.add(agent.service(), slot);
    }
    if (!mayHaveAgents.test(agent.service())) {
      if (moves) {
        present.byOwner.remove(agent.service(), slot);
      }
      throw new OwnerGoneException(agent.id(), agent.service());
    }
    present.log.begin(slot);
    present.slots.set(slot, agent);
    held.set(agent);
    index(present, slot, former.metadata(), agent.metadata());
    present.log.end(slot);
    if (moves) {
      present.byOwner.remove(former.service(), slot);
    }
  }

  /** Under the lock of the id. */
  private void delete(IdTable.Entry held) {
    Content present = content;
    int slot = held.slot();
    Agent former = held.agent();
    present.log.begin(slot);
    ids.remove(held);
    index(present, slot, former.metadata(), Metadata.empty());
    present.live.remove(slot);
    present.slots.set(slot, null);
    present.log.end(slot);
    present.byOwner.remove(former.service(), slot);
    present.slots.giveBack(slot);
  }

  private static void index(Content of, int slot, Metadata former, Metadata now) {
    AttributeIndexes inUse = of.indexes();
    inUse.change(slot, former, now, true);
    if (of.building() != inUse) {
      of.building().change(slot, former, now, false);
    }
  }
}

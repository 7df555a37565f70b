package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes agents. Everything that needs no lock has been checked and copied before. */
final class Writes {

  /*
   * Design
   *
   * Here the framework may be asked, about owners and about who may change what, for here no lock is
   * held. What was found out is about one registration, that of the agent which was looked at. Under
   * the lock `LockedWrites` goes on if it meets that registration again, in whatever revision. If it
   * meets another one, the lock is let go of, and the questions are asked about that one. Each time
   * round somebody else has registered the id, so one of those who want it always gets on.
   *
   * A refusal needs no lock: at the moment when the agent was looked at, it held the id, and it was as
   * little replaceable as later.
   */

  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;
  private final LockedWrites locked;

  /**
   * Writes that go on where others ended.
   *
   * @param last the number of the latest registration
   */
  Writes(Routing routing, WriteLocks locks, Changes changes, Quotas quotas, long last) {
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
    this.locked = new LockedWrites(routing, changes, quotas, last);
  }

  /**
   * Registers an agent.
   *
   * @throws OwnerGoneException if the backend finds the owner gone
   * @throws QuotaExceededException if there is no room for it
   * @throws RuntimeException whatever {@code takeOver} throws about the holder of the id
   */
  Agent register(NewAgent request, TakeOver takeOver) {
    return register(request, takeOver, agent -> {});
  }

  /**
   * Registers an agent.
   *
   * @param accepted is given the agent with the write lock of its id held: may only take a note
   */
  Agent register(NewAgent request, TakeOver takeOver, Consumer<Agent> accepted) {
    return retried(
        Holders.NONE,
        takeOver,
        holders -> underLock(request.id(), () -> locked.register(request, holders, accepted)));
  }

  /** Registers several agents with different ids, all or none, in their order. */
  List<Agent> registerAll(List<NewAgent> requests, TakeOver takeOver) {
    List<String> ids = requests.stream().map(NewAgent::id).toList();
    return retried(
        holdersNow(ids, takeOver),
        takeOver,
        holders -> locks.locked(ids, () -> locked.registerAll(requests, holders)));
  }

  /**
   * Replaces the metadata of an agent.
   *
   * @param allowed is given the agent, without locks, and throws if this registration must not be
   *     changed
   * @param revision is given the agent with the write lock held, and throws if its revision is not
   *     the expected one
   */
  Agent update(String id, Metadata metadata, Consumer<Agent> allowed, Consumer<Agent> revision) {
    Agent seen = routing.lookup(id);
    while (seen != null) {
      Agent asked = seen;
      allowed.accept(asked);
      if (asked.isOwnerGone()) {
        throw new OwnerGoneException(id, asked.service());
      }
      try {
        Agent after = underLock(id, () -> locked.update(asked, metadata, revision));
        changes.unlocked();
        return after;
      } catch (NewHolderException e) {
        seen = e.holder();
      }
    }
    throw new AgentNotFoundException(id);
  }

  /**
   * Removes an agent.
   *
   * @param condition whether this registration is meant; called without locks; may throw
   * @return the agent that was removed, or null if there was none, or another one
   */
  @Nullable Agent remove(String id, Predicate<Agent> condition, Reason reason) {
    Agent seen = routing.lookup(id);
    while (seen != null && condition.test(seen)) {
      Agent asked = seen;
      try {
        Agent removed = underLock(id, () -> locked.remove(asked, reason));
        changes.unlocked();
        return removed;
      } catch (NewHolderException e) {
        seen = e.holder();
      }
    }
    return null;
  }

  /** The number of the latest registration. */
  long lastRegistration() {
    return locked.lastRegistration();
  }

  /** Those who hold the ids now; throws if one of them must stay. */
  private Holders holdersNow(List<String> ids, TakeOver takeOver) {
    List<Agent> holders = new ArrayList<>();
    for (String id : ids) {
      Agent holder = routing.lookup(id);
      if (holder != null) {
        takeOver.requireReplaceable(holder);
        holders.add(holder);
      }
    }
    return Holders.of(holders);
  }

  /** Registers, and asks about each holder that turns up under the lock. */
  private <T> T retried(Holders known, TakeOver takeOver, Registering<T> registering) {
    Holders holders = known;
    while (true) {
      try {
        T result = registering.with(holders);
        changes.unlocked();
        return result;
      } catch (NewHolderException e) {
        takeOver.requireReplaceable(e.holder());
        holders = holders.with(e.holder());
      } catch (NoRoomException e) {
        throw e.toBeTold();
      }
    }
  }

  /** One attempt to register. */
  private interface Registering<T> {
    T with(Holders holders);
  }

  private <T> T underLock(String id, Supplier<T> action) {
    ReentrantLock lock = locks.lock(id);
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Operation;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
   *
   * A write is on the way of every caller, so nothing is made here that is not needed: no closures, no
   * collections for one id.
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
    Recorder recorder = routing.recorder();
    long begun = begin(recorder, Operation.REGISTER);
    try {
      Agent agent = tryRegister(request, takeOver, accepted);
      end(recorder, Operation.REGISTER, begun);
      return agent;
    } catch (RuntimeException | Error e) {
      failed(recorder, Operation.REGISTER, e);
      throw e;
    }
  }

  private Agent tryRegister(NewAgent request, TakeOver takeOver, Consumer<Agent> accepted) {
    Holders holders = Holders.NONE;
    while (true) {
      try {
        Agent agent = registerOnce(request, holders, accepted);
        changes.unlocked();
        return agent;
      } catch (NewHolderException e) {
        takeOver.requireReplaceable(e.holder());
        holders = holders.with(e.holder());
      } catch (NoRoomException e) {
        throw e.toBeTold();
      }
    }
  }

  private Agent registerOnce(NewAgent request, Holders holders, Consumer<Agent> accepted) {
    ReentrantLock lock = locks.lock(request.id());
    try {
      return locked.register(request, holders, accepted);
    } finally {
      lock.unlock();
    }
  }

  /** Registers several agents with different ids, all or none, in their order. */
  List<Agent> registerAll(List<NewAgent> requests, TakeOver takeOver) {
    Recorder recorder = routing.recorder();
    long begun = begin(recorder, Operation.REGISTER);
    try {
      List<Agent> agents = tryRegisterAll(requests, takeOver);
      end(recorder, Operation.REGISTER, begun);
      return agents;
    } catch (RuntimeException | Error e) {
      failed(recorder, Operation.REGISTER, e);
      throw e;
    }
  }

  private List<Agent> tryRegisterAll(List<NewAgent> requests, TakeOver takeOver) {
    List<String> ids = requests.stream().map(NewAgent::id).toList();
    Holders holders = holdersNow(ids, takeOver);
    while (true) {
      try {
        Holders known = holders;
        List<Agent> agents =
            locks.locked(
                ids,
                () -> {
                              return locked.registerAll(requests, known);
                });
        changes.unlocked();
        return agents;
      } catch (NewHolderException e) {
        takeOver.requireReplaceable(e.holder());
        holders = holders.with(e.holder());
      } catch (NoRoomException e) {
        throw e.toBeTold();
      }
    }
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
    Recorder recorder = routing.recorder();
    long begun = begin(recorder, Operation.UPDATE);
    try {
      Agent after = tryUpdate(id, metadata, allowed, revision);
      end(recorder, Operation.UPDATE, begun);
      return after;
    } catch (RuntimeException | Error e) {
      failed(recorder, Operation.UPDATE, e);
      throw e;
    }
  }

  private Agent tryUpdate(
      String id, Metadata metadata, Consumer<Agent> allowed, Consumer<Agent> revision) {
    Agent seen = routing.find(id);
    while (seen != null) {
      Agent asked = seen;
      allowed.accept(asked);
      if (asked.isOwnerGone()) {
        throw new OwnerGoneException(id, asked.service());
      }
      try {
        Agent after = updateOnce(asked, metadata, revision);
        changes.unlocked();
        return after;
      } catch (NewHolderException e) {
        seen = e.holder();
      }
    }
    throw new AgentNotFoundException(id);
  }

  private Agent updateOnce(Agent asked, Metadata metadata, Consumer<Agent> revision) {
    ReentrantLock lock = locks.lock(asked.id());
    try {
      return locked.update(asked, metadata, revision);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes an agent.
   *
   * @param condition whether this registration is meant; called without locks; may throw
   * @return the agent that was removed, or null if there was none, or another one
   */
  @Nullable Agent remove(String id, Predicate<Agent> condition, Reason reason) {
    Recorder recorder = routing.recorder();
    long begun = begin(recorder, Operation.UNREGISTER);
    try {
      Agent removed = tryRemove(id, condition, reason);
      end(recorder, Operation.UNREGISTER, begun);
      return removed;
    } catch (RuntimeException | Error e) {
      failed(recorder, Operation.UNREGISTER, e);
      throw e;
    }
  }

  private @Nullable Agent tryRemove(String id, Predicate<Agent> condition, Reason reason) {
    Agent seen = routing.find(id);
    while (seen != null && condition.test(seen)) {
      Agent asked = seen;
      try {
        Agent removed = removeOnce(asked, reason);
        changes.unlocked();
        return removed;
      } catch (NewHolderException e) {
        seen = e.holder();
      }
    }
    return null;
  }

  private @Nullable Agent removeOnce(Agent asked, Reason reason) {
    ReentrantLock lock = locks.lock(asked.id());
    try {
      return locked.remove(asked, reason);
    } finally {
      lock.unlock();
    }
  }

  /** The number of the latest registration. */
  long lastRegistration() {
    return locked.lastRegistration();
  }

  /** Those who hold the ids now; throws if one of them must stay. */
  private Holders holdersNow(List<String> ids, TakeOver takeOver) {
    List<Agent> holders = new ArrayList<>();
    for (String id : ids) {
      Agent holder = routing.find(id);
      if (holder != null) {
        takeOver.requireReplaceable(holder);
        holders.add(holder);
      }
    }
    return Holders.of(holders);
  }

  private static long begin(@Nullable Recorder recorder, Operation operation) {
    return recorder == null ? Recorder.UNTIMED : recorder.begin(operation);
  }

  private static void end(@Nullable Recorder recorder, Operation operation, long begun) {
    if (recorder != null) {
      recorder.end(operation, begun);
    }
  }

  private static void failed(@Nullable Recorder recorder, Operation operation, Throwable cause) {
    if (recorder != null) {
      recorder.failed(operation, cause);
    }
  }
}

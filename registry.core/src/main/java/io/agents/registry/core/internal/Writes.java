package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes agents. Everything that needs no lock has been checked and copied before. */
final class Writes {

  /*
   * Design
   *
   * Every write does the same under the lock of its id: it reads the route, changes the active backend
   * by compare-and-set, repeats the outcome on the mirror, and reports the change. Whatever throws
   * does so before or in the change of the active backend, so a refused write has changed nothing; the
   * mirror and the report never throw.
   *
   * Under the lock the compare-and-set can only fail if the backend removes an agent at this moment
   * without asking the registry, which happens to none that keeps its contract. The loops are bounded
   * all the same: a backend that never gives in must not hold the lock, and with it a swap, for ever.
   */

  private static final int ATTEMPTS = 100;

  /** What a registration has done: the agent, and whom it replaced, or null. */
  private record Placed(Agent agent, Agent replaced) {}

  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;
  private final AtomicLong lastRegistration = new AtomicLong();
  private volatile boolean closed;

  Writes(Routing routing, WriteLocks locks, Changes changes) {
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
  }

  /**
   * Registers an agent.
   *
   * @throws OwnerGoneException if the backend finds the owner gone
   * @throws RuntimeException whatever {@code takeOver} throws about the holder of the id
   */
  Agent register(NewAgent request, TakeOver takeOver) {
    Placed placed;
    ReentrantLock lock = locks.lock(request.id());
    try {
      requireOpen();
      Route route = routing.route();
      placed = place(request, takeOver, route.active());
      takeOver.accepted(placed.agent());
      publish(placed, route);
    } finally {
      lock.unlock();
    }
    changes.unlocked();
    return placed.agent();
  }

  /** Registers several agents with different ids, all or none, in their order. */
  List<Agent> registerAll(List<NewAgent> requests, TakeOver takeOver) {
    List<String> ids = requests.stream().map(NewAgent::id).toList();
    List<Placed> all =
        locks.locked(
            ids,
            () -> {
              requireOpen();
              Route route = routing.route();
              List<Placed> placed = placeAll(requests, takeOver, route.active());
              placed.forEach(one -> publish(one, route));
              return placed;
            });
    changes.unlocked();
    return all.stream().map(Placed::agent).toList();
  }

  /**
   * Replaces the metadata of an agent.
   *
   * @param guard is given the agent and throws if it must not be changed
   */
  Agent update(String id, Metadata metadata, Consumer<Agent> guard) {
    Agent after;
    ReentrantLock lock = locks.lock(id);
    try {
      Route route = routing.route();
      Agent before;
      int attempt = 0;
      do {
        requireAttempt(attempt++, id);
        before = route.active().lookup(id);
        if (before == null) {
          throw new AgentNotFoundException(id);
        }
        guard.accept(before);
        if (before.isOwnerGone()) {
          throw new OwnerGoneException(id, before.service());
        }
        after = before.withMetadata(metadata);
      } while (!route.active().replace(before, after));
      if (route.mirror() != null) {
        route.mirror().store(after);
      }
      changes.updated(before, after);
    } finally {
      lock.unlock();
    }
    changes.unlocked();
    return after;
  }

  /**
   * Removes an agent.
   *
   * @param condition whether this one is meant; may throw
   * @return the agent that was removed, or null if there was none, or another one
   */
  Agent remove(String id, Predicate<Agent> condition, Reason reason) {
    Agent removed;
    ReentrantLock lock = locks.lock(id);
    try {
      Route route = routing.route();
      int attempt = 0;
      do {
        requireAttempt(attempt++, id);
        removed = route.active().lookup(id);
        if (removed == null || !condition.test(removed)) {
          return null;
        }
      } while (!route.active().remove(removed));
      if (route.mirror() != null) {
        route.mirror().remove(id);
      }
      changes.unregistered(removed, reason);
    } finally {
      lock.unlock();
    }
    changes.unlocked();
    return removed;
  }

  /** Refuses registrations from now on. */
  void close() {
    closed = true;
  }

  /** Puts the agent into the active backend; whom it replaced is not told of yet. */
  private Placed place(NewAgent request, TakeOver takeOver, RegistryBackend active) {
    Agent agent = request.numbered(lastRegistration.incrementAndGet());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Agent holder = active.putIfAbsent(agent);
      if (holder == null) {
        return new Placed(agent, null);
      }
      takeOver.requireReplaceable(holder);
      if (active.replace(holder, agent)) {
        return new Placed(agent, holder);
      }
    }
    throw refusing(request.id());
  }

  private List<Placed> placeAll(
      List<NewAgent> requests, TakeOver takeOver, RegistryBackend active) {
    // A conflict is found before anything is done that readers could see.
    for (NewAgent request : requests) {
      Agent holder = active.lookup(request.id());
      if (holder != null) {
        takeOver.requireReplaceable(holder);
      }
    }
    List<Placed> placed = new ArrayList<>(requests.size());
    try {
      for (NewAgent request : requests) {
        placed.add(place(request, takeOver, active));
      }
    } catch (RuntimeException | Error e) {
      for (int last = placed.size() - 1; last >= 0; last--) {
        undo(placed.get(last), active, e);
      }
      throw e;
    }
    return placed;
  }

  private void undo(Placed placed, RegistryBackend active, Throwable cause) {
    try {
      Agent replaced = placed.replaced();
      if (replaced == null) {
        active.remove(placed.agent());
      } else {
        active.replace(placed.agent(), replaced);
      }
    } catch (OwnerGoneException e) {
      // The backend has noticed just now that the former holder, whose owner was gone, has to go.
      active.remove(placed.agent());
      vanished(placed.replaced());
    } catch (RuntimeException | Error e) {
      cause.addSuppressed(e);
    }
  }

  private void vanished(Agent agent) {
    Mirror mirror = routing.route().mirror();
    if (mirror != null) {
      mirror.remove(agent.id());
    }
    changes.unregistered(agent, Reason.OWNER_GONE);
  }

  private void publish(Placed placed, Route route) {
    if (route.mirror() != null) {
      route.mirror().store(placed.agent());
    }
    if (placed.replaced() != null) {
      changes.unregistered(placed.replaced(), Reason.REPLACED);
    }
    changes.registered(placed.agent());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the agent registry has been stopped");
    }
  }

  private static void requireAttempt(int attempt, String id) {
    if (attempt >= ATTEMPTS) {
      throw refusing(id);
    }
  }

  private static IllegalStateException refusing(String id) {
    return new IllegalStateException(
        "the backend says that it holds the agent '" + id + "', but refuses to change it");
  }
}

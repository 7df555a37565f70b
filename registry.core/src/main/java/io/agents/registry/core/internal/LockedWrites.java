package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.core.internal.Quotas.Claim;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of each write that is done with the write locks of its ids held. Calls backends and
 * takes notes; asks nobody else anything.
 */
final class LockedWrites {

  /*
   * Design
   *
   * Every write does the same: it reads the route, changes the active backend by compare-and-set,
   * repeats the outcome on the mirror, and reports the change. Whatever throws does so before or in the
   * change of the active backend, so a refused write has changed nothing; the mirror and the report
   * never throw.
   *
   * Whether an agent may be replaced, changed or removed depends on who owns it and whether that owner
   * is there, which only the framework knows, and the framework is not asked under a lock. So that was
   * found out before, for one registration, and here that registration is met again, or the write is
   * given up (NewHolderException) and begins anew. A revision that was not the expected one needs no
   * question, and is found here.
   *
   * The compare-and-set can only fail if the backend removes an agent at this moment without asking the
   * registry, which happens to none that keeps its contract. The loops are bounded all the same: a
   * backend that never gives in must not hold the lock, and with it a swap, for ever.
   */

  private static final int ATTEMPTS = 100;

  /** What a registration has done: the agent, and whom it replaced, or null. */
  private record Placed(Agent agent, @Nullable Agent replaced) {}

  private final Routing routing;
  private final Changes changes;
  private final Quotas quotas;
  private final AtomicLong lastRegistration;

  /**
   * Writes that go on where others ended.
   *
   * @param last the number of the latest registration
   */
  LockedWrites(Routing routing, Changes changes, Quotas quotas, long last) {
    this.lastRegistration = new AtomicLong(last);
    this.routing = routing;
    this.changes = changes;
    this.quotas = quotas;
  }

  /** The number of the latest registration. Stands still for whoever holds all write locks. */
  long lastRegistration() {
    return lastRegistration.get();
  }

  /**
   * Registers an agent.
   *
   * @param accepted takes a note that it is registered
   */
  Agent register(NewAgent request, Holders holders, Consumer<Agent> accepted) {
    Route route = routing.route();
    Placed placed = placeWithin(request, holders, route.active());
    accepted.accept(placed.agent());
    publish(placed, route);
    return placed.agent();
  }

  /** Registers several agents with different ids, all or none, in their order. */
  List<Agent> registerAll(List<NewAgent> requests, Holders holders) {
    Route route = routing.route();
    List<Placed> all = placeAll(requests, holders, route.active());
    all.forEach(one -> publish(one, route));
    return all.stream().map(Placed::agent).toList();
  }

  /**
   * Replaces the metadata of an agent.
   *
   * @param seen the registration that is meant, in whatever revision
   * @param revision throws if the revision is not the expected one
   */
  Agent update(Agent seen, Metadata metadata, Consumer<Agent> revision) {
    Route route = routing.route();
    Agent before;
    Agent after;
    int attempt = 0;
    do {
      requireAttempt(attempt++, seen.id());
      before = route.active().lookup(seen.id());
      if (before == null) {
        throw new AgentNotFoundException(seen.id());
      }
      requireSame(seen, before);
      revision.accept(before);
      after = before.withMetadata(metadata);
    } while (!route.active().replace(before, after));
    mirror(route, before, after);
    changes.updated(before, after);
    return after;
  }

  /**
   * Removes an agent.
   *
   * @param seen the registration that is meant, in whatever revision
   * @return the agent that was removed, or null if there was none
   */
  @Nullable Agent remove(Agent seen, Reason reason) {
    Route route = routing.route();
    Agent removed;
    int attempt = 0;
    do {
      requireAttempt(attempt++, seen.id());
      removed = route.active().lookup(seen.id());
      if (removed == null) {
        return null;
      }
      requireSame(seen, removed);
    } while (!route.active().remove(removed));
    mirror(route, removed, null);
    changes.unregistered(removed, reason);
    return removed;
  }

  private static void requireSame(Agent seen, Agent holder) {
    if (seen.registration() != holder.registration()) {
      throw new NewHolderException(holder);
    }
  }

  /** Puts the agent into the active backend, if there is room for it. */
  private Placed placeWithin(NewAgent request, Holders holders, RegistryBackend active) {
    if (!quotas.areInForce()) {
      return place(request, holders, active);
    }
    List<Claim> claims = List.of(claim(request, holders, active));
    quotas.take(claims);
    try {
      return place(request, holders, active);
    } catch (RuntimeException | Error e) {
      quotas.giveBack(claims);
      throw e;
    }
  }

  /** What room a registration needs; throws if its id is not to be had. */
  private static Claim claim(NewAgent request, Holders holders, RegistryBackend active) {
    Agent holder = active.lookup(request.id());
    if (holder != null) {
      holders.require(holder);
    }
    return new Claim(request.owner(), holder);
  }

  /** Puts the agent into the active backend; whom it replaced is not told of yet. */
  private Placed place(NewAgent request, Holders holders, RegistryBackend active) {
    Agent agent = request.numbered(lastRegistration.incrementAndGet());
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Agent holder = active.putIfAbsent(agent);
        if (holder == null) {
          return new Placed(agent, null);
        }
        holders.require(holder);
        if (active.replace(holder, agent)) {
          return new Placed(agent, holder);
        }
      }
    } catch (RuntimeException | Error e) {
      // A backend that monitors owners may show the agent before it finds that the owner is gone.
      passing(request.id());
      throw e;
    }
    throw refusing(request.id());
  }

  private void passing(String id) {
    Mirror mirror = routing.route().mirror();
    if (mirror != null) {
      mirror.note(id);
    }
  }

  private List<Placed> placeAll(List<NewAgent> requests, Holders holders, RegistryBackend active) {
    // A conflict, or a lack of room, is found before anything is done that readers could see.
    List<Claim> claims = new ArrayList<>(requests.size());
    for (NewAgent request : requests) {
      claims.add(claim(request, holders, active));
    }
    quotas.take(claims);
    List<Placed> placed = new ArrayList<>(requests.size());
    try {
      for (NewAgent request : requests) {
        placed.add(place(request, holders, active));
      }
    } catch (RuntimeException | Error e) {
      for (int last = placed.size() - 1; last >= 0; last--) {
        undo(placed.get(last), active, e);
      }
      quotas.giveBack(claims);
      throw e;
    }
    return placed;
  }

  private void undo(Placed placed, RegistryBackend active, Throwable cause) {
    Agent replaced = placed.replaced();
    try {
      if (replaced == null) {
        active.remove(placed.agent());
      } else {
        active.replace(placed.agent(), replaced);
      }
    } catch (OwnerGoneException e) {
      // The backend has noticed just now that the former holder, whose owner was gone, has to go.
      active.remove(placed.agent());
      if (replaced != null) {
        vanished(replaced);
      }
    } catch (RuntimeException | Error e) {
      cause.addSuppressed(e);
    } finally {
      passing(placed.agent().id());
    }
  }

  private void vanished(Agent agent) {
    mirror(routing.route(), agent, null);
    changes.unregistered(agent, Reason.OWNER_GONE);
  }

  private void publish(Placed placed, Route route) {
    mirror(route, placed.replaced(), placed.agent());
    if (placed.replaced() != null) {
      quotas.replaced(placed.replaced(), placed.agent());
      changes.unregistered(placed.replaced(), Reason.REPLACED);
    }
    changes.registered(placed.agent());
  }

  /** Repeats on the mirror, if there is one, what became of an agent. */
  private void mirror(Route route, @Nullable Agent before, @Nullable Agent after) {
    Mirror mirror = route.mirror();
    if (mirror != null && mirror.follow(before, after)) {
      changes.mirrorFailed(mirror);
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

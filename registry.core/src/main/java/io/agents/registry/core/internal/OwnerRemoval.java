package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.RegistryBackend;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Puts the removals of one backend, for owners that went, in order with the writes of the same id.
 */
final class OwnerRemoval implements OwnerGoneHandler {

  /*
   * Design
   *
   * What a removal means depends on what the backend is at that moment, and under the write lock of
   * the id that stands still:
   *  - the active one: the agent is gone. The mirror follows, listeners are told.
   *  - the mirror: the agent is still there for everybody, since the active backend does not look. It
   *    will be gone when the route moves, and is noted as dropped.
   *  - neither, any more: nothing but the removal.
   */

  private final RegistryBackend backend;
  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;

  OwnerRemoval(RegistryBackend backend, Routing routing, WriteLocks locks, Changes changes) {
    this.backend = backend;
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
  }

  @Override
  public void ownerGone(Agent agent, Supplier<Agent> removal) {
    boolean freed = false;
    ReentrantLock lock = locks.lock(agent.id());
    try {
      Agent removed = removal.get();
      if (removed != null) {
        freed = follow(removed, routing.route());
      }
    } finally {
      lock.unlock();
    }
    if (freed) {
      changes.unlocked();
      changes.freed(agent.id());
    }
  }

  /** Whether the agent is gone for everybody. */
  private boolean follow(Agent removed, Route route) {
    Mirror mirror = route.mirror();
    if (backend == route.active()) {
      if (mirror != null && mirror.follow(removed, null)) {
        changes.mirrorFailed(mirror);
      }
      changes.unregistered(removed, Reason.OWNER_GONE);
      return true;
    }
    if (mirror != null && backend == mirror.next().backend()) {
      mirror.lost(removed, route.active());
    }
    return false;
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;

/**
 * What writers report to. The first three methods are called with the write lock of the id held,
 * the others without locks.
 */
final class Changes {

  private final EventHub hub;
  private final Quotas quotas;
  private volatile IdWatch watch = IdWatch.NONE;

  Changes(EventHub hub, Quotas quotas) {
    this.hub = hub;
    this.quotas = quotas;
  }

  void registered(Agent agent) {
    if (hub.isHeard()) {
      hub.tell(Change.registered(agent));
    }
  }

  void updated(Agent before, Agent after) {
    if (hub.isHeard()) {
      hub.tell(Change.updated(before, after));
    }
  }

  void unregistered(Agent agent, Reason reason) {
    if (reason != Reason.REPLACED) {
      quotas.ended(agent);
    }
    watch.ended(agent, reason);
    if (hub.isHeard()) {
      hub.tell(Change.unregistered(agent, reason));
    }
  }

  /** To be called when the lock has been let go of. */
  void unlocked() {
    hub.send();
  }

  /** Tells the watch that an id is free; not to be called by the watch itself. */
  void freed(String id) {
    watch.freed(id);
  }

  void watch(IdWatch other) {
    watch = other;
  }
}

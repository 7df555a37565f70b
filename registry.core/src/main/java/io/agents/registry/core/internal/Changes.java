package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What writers report to. The first four methods are called with the write lock of the id held, the
 * others without locks.
 */
final class Changes {

  private final EventHub hub;
  private final Quotas quotas;
  private volatile IdWatch watch = IdWatch.NONE;
  private volatile Consumer<Mirror> failures = mirror -> {};

  /** The mirror whose failure was not told of yet, or null. There is one mirror at a time. */
  private volatile @Nullable Mirror failed;

  Changes(EventHub hub, Quotas quotas) {
    this.hub = hub;
    this.quotas = quotas;
  }

  /** A mirror has failed, and is given nothing more. */
  void mirrorFailed(Mirror mirror) {
    failed = mirror;
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
    Mirror mirror = failed;
    if (mirror != null) {
      failed = null;
      failures.accept(mirror);
    }
  }

  /** Tells the watch that an id is free; not to be called by the watch itself. */
  void freed(String id) {
    watch.freed(id);
  }

  void watch(IdWatch other) {
    watch = other;
  }

  /** Says who is told of mirrors that fail, under no lock; perhaps twice of one. */
  void failures(Consumer<Mirror> told) {
    failures = told;
  }
}

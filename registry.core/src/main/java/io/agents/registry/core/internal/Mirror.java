package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.RegistryBackend;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The backend that is to follow, during one hand-over. Every method but those that say otherwise is
 * called with the write lock of the id held.
 */
final class Mirror {

  /*
   * Design
   *
   * Writers repeat on the mirror what the active backend has accepted. Whatever the mirror does about
   * it, the write stays accepted: a mirror that throws has merely lost its chance. The first failure
   * is kept, mirroring stops, and the thread that hands over finds it there.
   *
   * One refusal is no failure: a mirror that monitors owners does not take an agent whose owner is
   * gone, while the active backend, which does not look, holds it. `dropped` is the exact difference:
   * what the active backend holds and the mirror refused or removed, by id. Both sides and `dropped`
   * change together under the write lock of the id, so the swap needs no look at single agents.
   *
   * The copy alone writes to the mirror without that lock. So it may put an agent there that was
   * removed, or updated, a moment before. Therefore writes here go by what the mirror holds and try
   * again, and every id is compared once the copy is done.
   */

  /** More often than this no write is overtaken: the copy puts each registration once. */
  private static final int ATTEMPTS = 100;

  private final NamedBackend next;
  private final RegistryBackend backend;
  private final Map<String, Agent> dropped = new ConcurrentHashMap<>();

  /** Set once; of two writers that fail at once either may win. */
  private volatile @Nullable Throwable failure;

  Mirror(NamedBackend next) {
    this.next = next;
    this.backend = next.backend();
  }

  NamedBackend next() {
    return next;
  }

  /** Repeats that the active backend now holds this agent under its id. */
  void store(Agent agent) {
    if (failure == null) {
      try {
        put(agent);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  /** Repeats that the active backend now holds nothing under this id. */
  void remove(String id) {
    if (failure == null) {
      try {
        dropped.remove(id);
        removeAny(id);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  /** Notes that the mirror itself has removed an agent because its owner went. */
  void lost(Agent agent, RegistryBackend active) {
    try {
      Agent held = active.lookup(agent.id());
      if (held != null && held.registration() == agent.registration()) {
        dropped.put(held.id(), held);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Copies one agent. Called without the lock of its id. */
  void copy(Agent agent) {
    requireSound();
    try {
      // A holder is a later version that a writer has mirrored already.
      backend.putIfAbsent(agent);
    } catch (OwnerGoneException e) {
      // The comparison finds it missing, tries again and counts it.
    }
  }

  /**
   * Makes the mirror hold what the active backend holds under an id.
   *
   * @return whether there was a difference that had to be mended
   */
  boolean mend(String id, RegistryBackend active) {
    requireSound();
    Agent there = active.lookup(id);
    Agent here = backend.lookup(id);
    if (Objects.equals(there, here)) {
      return false;
    }
    if (there == null) {
      removeAny(id);
    } else if (!put(there)) {
      return false;
    }
    if (!Objects.equals(there, backend.lookup(id))) {
      throw new HandOverFailedException(
          "the agent '"
              + id
              + "' is not the same in "
              + next.name()
              + " after it was stored there");
    }
    return true;
  }

  /** What the active backend holds and the mirror does not, because the owner is gone. */
  Collection<Agent> dropped() {
    return dropped.values();
  }

  /** Throws if the mirror has failed. Called by any thread. */
  void requireSound() {
    Throwable cause = failure;
    if (cause != null) {
      throw new HandOverFailedException("a write to " + next.name() + " failed: " + cause, cause);
    }
  }

  /** Whether the mirror holds the agent now; else it is among the dropped. */
  private boolean put(Agent agent) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Agent holder = backend.putIfAbsent(agent);
        if (holder == null || holder.equals(agent) || backend.replace(holder, agent)) {
          dropped.remove(agent.id());
          return true;
        }
      }
    } catch (OwnerGoneException e) {
      // An earlier version must not stay either.
      removeAny(agent.id());
      dropped.put(agent.id(), agent);
      return false;
    }
    throw new HandOverFailedException(
        next.name() + " does not store the agent '" + agent.id() + "'");
  }

  private void removeAny(String id) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Agent holder = backend.lookup(id);
      if (holder == null || backend.remove(holder)) {
        return;
      }
    }
    throw new HandOverFailedException(next.name() + " does not remove the agent '" + id + "'");
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.core.internal.Tally.Part;
import io.agents.registry.spi.RegistryBackend;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The backend that holds what the active one holds, to follow it at any moment: during a hand-over,
 * or for longer. {@link Filling} brings it in step. Every method but those that say otherwise is
 * called with the write lock of the id held.
 */
final class Mirror {

  /*
   * Design
   *
   * Writers repeat on the mirror what the active backend has accepted, from when their stripe of ids is
   * in step; until then they leave a note, see `Tally`. Whatever the mirror does about it, the write
   * stays accepted: a mirror that throws has merely lost its chance. The first failure is kept,
   * mirroring stops, and it is told of once the locks were let go of.
   *
   * One refusal is no failure: a mirror that monitors owners does not take an agent whose owner is
   * gone, while the active backend, which does not look, holds it. `dropped` is the exact difference:
   * what the active backend holds and the mirror refused or removed, by id. Both sides and `dropped`
   * change together under the write lock of the id, so a change of roles needs no look at single
   * agents.
   *
   * While a stripe is being filled, the one thread that fills it alone writes its ids here. A backend
   * that removes agents of owners that went does so on its own; that id is noted as written, too.
   */

  /** More often than this no write is overtaken. */
  private static final int ATTEMPTS = 100;

  private final NamedBackend next;
  private final RegistryBackend backend;
  private final WriteLocks locks;
  private final Tally tally;
  private final Map<String, Agent> dropped = new ConcurrentHashMap<>();

  /** Set once; of two writers that fail at once either may win. */
  private volatile @Nullable Throwable failure;

  /** Kept from when it is in step for good; written once, with all write locks held. */
  private volatile @Nullable WriteTimes times;

  /** Whether it holds nothing of what a change of roles has dropped; once it is, it stays so. */
  private volatile boolean purged;

  /** An empty one, to be filled. */
  Mirror(NamedBackend next, WriteLocks locks) {
    this(next, locks, new Tally(locks.stripes()), true);
  }

  private Mirror(NamedBackend next, WriteLocks locks, Tally tally, boolean purged) {
    this.purged = purged;
    this.next = next;
    this.backend = next.backend();
    this.locks = locks;
    this.tally = tally;
  }

  /**
   * The former active backend as the mirror of this one, in step. It still holds what is dropped by
   * the change of roles, until that is {@link #purge purged}. Called with all write locks held.
   */
  Mirror reversed(NamedBackend former) {
    Mirror mirror = new Mirror(former, locks, tally.reversed(), dropped.isEmpty());
    mirror.stand();
    return mirror;
  }

  /** It is in step, and is to stay so. Called with all write locks held. */
  void stand() {
    times = new WriteTimes();
  }

  /** Whether it is in step, and is to stay so. Called by any thread. */
  boolean isStanding() {
    return times != null;
  }

  NamedBackend next() {
    return next;
  }

  Tally tally() {
    return tally;
  }

  /** When ids were last written. To be asked of a mirror that is standing. Called by any thread. */
  WriteTimes times() {
    WriteTimes kept = times;
    if (kept == null) {
      throw new IllegalStateException(next.name() + " is no standing mirror");
    }
    return kept;
  }

  /**
   * Repeats what became of an agent of the active backend.
   *
   * @param before what it held before under the id, or null
   * @param after what it holds now, or null; one of both is not null
   * @return whether the mirror has failed just now
   */
  boolean follow(@Nullable Agent before, @Nullable Agent after) {
    if (after != null) {
      return store(before, after);
    }
    return before != null && remove(before);
  }

  /**
   * Repeats that the active backend now holds this agent under its id.
   *
   * @param before what it held before, or null
   * @return whether the mirror has failed just now
   */
  private boolean store(@Nullable Agent before, Agent agent) {
    if (failure != null) {
      return false;
    }
    Part part = part(agent.id());
    part.activeChanged(agent.id(), before, agent);
    boolean failed = false;
    if (part.isInStep()) {
      try {
        put(agent);
      } catch (RuntimeException | Error e) {
        failed = fail(e);
      }
    }
    note(agent.id());
    return failed;
  }

  /**
   * Repeats that the active backend no longer holds this agent, nor another one of its id.
   *
   * @return whether the mirror has failed just now
   */
  private boolean remove(Agent before) {
    if (failure != null) {
      return false;
    }
    String id = before.id();
    Part part = part(id);
    part.activeChanged(id, before, null);
    boolean failed = false;
    if (part.isInStep()) {
      try {
        dropped.remove(id);
        removeAny(id);
      } catch (RuntimeException | Error e) {
        failed = fail(e);
      }
    }
    note(id);
    return failed;
  }

  /** Notes that the mirror itself has removed an agent because its owner went. */
  void lost(Agent agent, RegistryBackend active) {
    String id = agent.id();
    Part part = part(id);
    try {
      if (part.isInStep()) {
        part.mirrorChanged(agent, null);
      } else {
        part.noteWritten(id);
      }
      Agent held = active.lookup(id);
      if (held != null && held.registration() == agent.registration()) {
        dropped.put(id, held);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    note(id);
  }

  /** Takes away an agent that the change of roles has dropped, if it is still here. */
  void purge(Agent dead) {
    if (failure == null) {
      try {
        Agent held = backend.lookup(dead.id());
        if (held != null && held.registration() == dead.registration()) {
          removeAny(dead.id());
        }
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
  }

  /** All that the change of roles has dropped was taken away. Called without locks. */
  void purged() {
    purged = true;
  }

  /** Whether everything that the change of roles has dropped was taken away. By any thread. */
  boolean isPurged() {
    return purged;
  }

  /** Copies one agent, while its stripe is being filled. Called without locks. */
  void copy(Agent agent) {
    requireSound();
    try {
      // A holder is another version of it, which the comparison will find.
      backend.putIfAbsent(agent);
    } catch (OwnerGoneException e) {
      // The comparison finds it missing, tries again and counts it.
    }
  }

  /**
   * Makes the mirror hold what the active backend holds under an id, while its stripe is being
   * filled. Called without locks, or with that of the id.
   *
   * @return what the active backend holds, and whether the mirror had to be changed
   */
  Aligned align(String id, RegistryBackend active) {
    requireSound();
    boolean changed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Agent there = active.lookup(id);
      Agent here = backend.lookup(id);
      if (Objects.equals(there, here)) {
        if (!dropped.isEmpty()) {
          dropped.remove(id);
        }
        return new Aligned(there, changed);
      }
      if (attempt > 0 && there != null && here == null && there.equals(dropped.get(id))) {
        return new Aligned(there, changed);
      }
      if (there == null) {
        removeAny(id);
        changed = true;
      } else {
        changed |= put(there);
        requireNoOther(there);
      }
    }
    throw notStoring(id);
  }

  /** What was found under an id: what the active backend holds, and whether that was mended. */
  record Aligned(@Nullable Agent agent, boolean isChanged) {}

  /** Removes an agent that nobody put here. Called with the write lock of its id held. */
  void removeStray(Agent stray) {
    backend.remove(stray);
  }

  /** What the active backend holds and the mirror does not, because the owner is gone. */
  Collection<Agent> dropped() {
    return dropped.values();
  }

  /** Whether the mirror lacks this id because the owner is gone. */
  boolean isDropped(String id) {
    return dropped.containsKey(id);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Why it has failed, for a person; empty text if it has not. */
  String failure() {
    Throwable cause = failure;
    if (cause == null) {
      return "";
    }
    String message = cause.getMessage();
    return cause instanceof HandOverFailedException && message != null
        ? message
        : "a write to " + next.name() + " failed: " + cause;
  }

  /** Gives it nothing more. Called by any thread, with or without locks. */
  void giveUp(Throwable cause) {
    fail(cause);
  }

  /** Throws if the mirror has failed. Called by any thread. */
  void requireSound() {
    Throwable cause = failure;
    if (cause != null) {
      throw new HandOverFailedException(failure(), cause);
    }
  }

  private boolean fail(Throwable cause) {
    if (failure != null) {
      return false;
    }
    failure = cause;
    return true;
  }

  /** Whether the mirror holds the agent now; else it is among the dropped. */
  private boolean put(Agent agent) {
    String id = agent.id();
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Agent holder = backend.putIfAbsent(agent);
        if (holder != null && holder.equals(agent)) {
          dropped.remove(id);
          return true;
        }
        if (holder == null || backend.replace(holder, agent)) {
          changed(id, holder, agent);
          dropped.remove(id);
          return true;
        }
      }
    } catch (OwnerGoneException e) {
      // An earlier version must not stay either.
      removeAny(id);
      dropped.put(id, agent);
      return false;
    }
    throw notStoring(id);
  }

  /**
   * One that is missing may have been removed already, because its owner went. Whoever is about to
   * say so holds the lock of the id, and is not waited for: another attempt is refused.
   */
  private void requireNoOther(Agent agent) {
    Agent held = backend.lookup(agent.id());
    if (held != null && !held.equals(agent)) {
      throw new HandOverFailedException(
          "the agent '"
              + agent.id()
              + "' is not the same in "
              + next.name()
              + " after it was stored there");
    }
  }

  private void removeAny(String id) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Agent holder = backend.lookup(id);
      if (holder == null) {
        return;
      }
      if (backend.remove(holder)) {
        changed(id, holder, null);
        return;
      }
    }
    throw new HandOverFailedException(next.name() + " does not remove the agent '" + id + "'");
  }

  /** A stripe that is being filled is summed up when it gets in step. */
  private void changed(String id, @Nullable Agent before, @Nullable Agent after) {
    if (locks.isHeld(id)) {
      Part part = part(id);
      if (part.isInStep()) {
        part.mirrorChanged(before, after);
      }
    }
  }

  /**
   * Notes that an id was written; also where the active backend may have held, for a moment, what
   * it does not hold now.
   */
  void note(String id) {
    WriteTimes kept = times;
    if (kept != null) {
      kept.note(id);
    }
  }

  private Part part(String id) {
    return tally.part(locks.stripeOf(id));
  }

  private HandOverFailedException notStoring(String id) {
    return new HandOverFailedException(next.name() + " does not store the agent '" + id + "'");
  }
}

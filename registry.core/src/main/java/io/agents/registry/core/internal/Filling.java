package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.core.internal.Mirror.Aligned;
import io.agents.registry.core.internal.Tally.Part;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Brings a backend in step with the active one. Run once, by one thread. */
final class Filling {

  /*
   * Design
   *
   *  1. In one instant without writes the next backend becomes the mirror. From now on writers note the
   *     ids that they write.
   *  2. All agents are copied, without the locks of writers. The copy may overtake a removal or an
   *     update, so what it leaves is not trusted.
   *  3. Stripe by stripe, each id that was copied or written meanwhile is read on both sides, compared
   *     and mended, still without locks: this thread alone writes them on the mirror. What was written
   *     in the meantime is gone through again, until, under the lock of the stripe, nothing is left.
   *     What was read is summed up without the lock, too: a thread that loses its processor while it
   *     holds one keeps writers waiting for milliseconds.
   *     In that moment both sides hold the same, and the stripe is in step: writers repeat on the
   *     mirror what they do. A stripe that is written all the time is finished under its lock.
   *  4. A backend that holds more than was put there is searched for it.
   * So nothing that was removed is revived, nothing falls back to an earlier revision; and a backend
   * that stands still anywhere in here harms nobody but this thread.
   */

  /** So often a stripe is gone through without its lock. */
  private static final int ROUNDS = 8;

  private static final int LOOKS = 3;

  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;
  private final RegistryBackend active;
  private final RegistryBackend backend;
  private final Mirror mirror;

  /** Written by the thread that fills; read when it has ended. */
  private int before;

  private int mended;
  private final List<String> mendedIds = new ArrayList<>();
  private final List<List<String>> ids;

  Filling(Routing routing, WriteLocks locks, Changes changes, NamedBackend next) {
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
    this.active = routing.route().active();
    this.backend = next.backend();
    this.mirror = new Mirror(next, locks);
    this.ids = new ArrayList<>(locks.stripes());
    for (int stripe = 0; stripe < locks.stripes(); stripe++) {
      ids.add(new ArrayList<>());
    }
  }

  Mirror mirror() {
    return mirror;
  }

  int before() {
    return before;
  }

  int mended() {
    return mended;
  }

  List<String> mendedIds() {
    return mendedIds;
  }

  /** Fills the mirror; it is in step when this returns. Throws whatever goes wrong. */
  void fill() {
    begin();
    copy();
    compare();
  }

  private void begin() {
    backend.clear();
    backend.setOwnerGoneHandler(new OwnerRemoval(backend, routing, locks, changes));
    before = active.size();
    locks.exclusively(
        () -> {
          // Who has given this filling up has said so before, or takes the mirror out afterwards.
          mirror.requireSound();
          routing.set(routing.route().mirroredTo(mirror));
          return null;
        });
  }

  private void copy() {
    active.forEach(
        agent -> {
          ids.get(locks.stripeOf(agent.id())).add(agent.id());
          mirror.copy(agent);
        });
  }

  private void compare() {
    for (int stripe = 0; stripe < ids.size(); stripe++) {
      compare(stripe);
      ids.get(stripe).clear();
    }
    if (!isAsLarge()) {
      backend.forEach(agent -> removeIfStray(agent.id()));
    }
  }

  /** Beside writes the sizes may differ for a moment. */
  private boolean isAsLarge() {
    for (int look = 0; look < LOOKS; look++) {
      if (backend.size() == active.size() - mirror.dropped().size()) {
        return true;
      }
    }
    return false;
  }

  private void compare(int stripe) {
    ReentrantLock lock = locks.stripe(stripe);
    Part part = mirror.tally().part(stripe);
    Collection<String> copied = ids.get(stripe);
    Verified verified = new Verified(copied.size());
    Set<String> open = takeWritten(lock, part);
    if (!open.isEmpty()) {
      copied.removeAll(open);
    }
    align(copied, true, verified);
    for (int round = 0; ; round++) {
      align(open, false, verified);
      lock.lock();
      try {
        Set<String> written = part.takeWritten();
        if (round >= ROUNDS) {
          align(written, false, verified);
          written = Set.of();
        }
        if (written.isEmpty()) {
          part.getInStep(verified.activeSum(), verified.mirrorSum());
          return;
        }
        open = written;
      } finally {
        lock.unlock();
      }
    }
  }

  private static Set<String> takeWritten(ReentrantLock lock, Part part) {
    lock.lock();
    try {
      return part.takeWritten();
    } finally {
      lock.unlock();
    }
  }

  /** Compares and mends; what was written meanwhile is carried over, which is no mending. */
  private void align(Collection<String> open, boolean isCopied, Verified verified) {
    for (String id : open) {
      Aligned aligned = mirror.align(id, active);
      // What drops it after this question notes it as written, so that it is asked again.
      verified.is(id, aligned.agent(), mirror.isDropped(id));
      if (aligned.isChanged() && isCopied) {
        noteMended(id);
      }
    }
  }

  /** Everything else is in step by now. */
  private void removeIfStray(String id) {
    ReentrantLock lock = locks.lock(id);
    try {
      Agent stray = active.lookup(id) == null ? backend.lookup(id) : null;
      if (stray != null) {
        mirror.removeStray(stray);
        noteMended(id);
      }
    } finally {
      lock.unlock();
    }
  }

  private void noteMended(String id) {
    mended++;
    if (mendedIds.size() < SwapEvidence.LONGEST_LIST) {
      mendedIds.add(id);
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Sees to it that there are no more agents than are allowed, in all and of one owner. */
final class Quotas {

  /*
   * Design
   *
   * What counts is what the active backend holds. A writer takes room before it stores an agent, and
   * room is given back after an agent was removed, so a count is never lower than the number of agents.
   * A replacement takes no room but from the quota of another owner, and gives the former owner's back
   * when it can't be undone any more.
   *
   * Everything happens under the write lock of the id, but for `set`, which excludes all writes. So
   * what is in force, and which counts there are, stands still for a writer. Only quotas that are in
   * force are counted: while there is none, all of this is one read of a field.
   */

  static final String AGENTS = "agents.max";
  static final String AGENTS_OF_OWNER = "agents.max.per.owner";

  /** A registration that takes room: whose it will be, and whom it will replace, or null. */
  record Claim(Bundle owner, @Nullable Agent holder) {

    boolean isOneMore() {
      return holder == null;
    }

    boolean isOneMoreOfOwner() {
      return holder == null || holder.owner().getBundleId() != owner.getBundleId();
    }
  }

  /** The quotas in force; a count is null where there is no quota. */
  private record Counts(
      int most,
      @Nullable AtomicInteger agents,
      int mostOfOwner,
      @Nullable Map<Long, Integer> byOwner) {}

  private static final Counts NONE = new Counts(Settings.UNLIMITED, null, Settings.UNLIMITED, null);

  private final Routing routing;
  private final WriteLocks locks;

  /** Written with all write locks held. */
  private volatile Counts counts = NONE;

  Quotas(Routing routing, WriteLocks locks) {
    this.routing = routing;
    this.locks = locks;
  }

  /** Puts quotas in force, and counts what is there. What is over them already stays. */
  void set(int most, int mostOfOwner) {
    Counts present = counts;
    if (most != present.most() || mostOfOwner != present.mostOfOwner()) {
      locks.exclusively(
          () -> {
            counts = count(most, mostOfOwner);
            return null;
          });
    }
  }

  /** Whether there are any. */
  boolean areInForce() {
    Counts present = counts;
    return present.agents() != null || present.byOwner() != null;
  }

  /**
   * Takes room for registrations, for all or for none.
   *
   * @throws NoRoomException if there is not enough
   */
  void take(Collection<Claim> claims) {
    Counts present = counts;
    Map<Long, Integer> byOwner = present.byOwner();
    if (byOwner != null) {
      takeOfOwners(byOwner, present.mostOfOwner(), claims);
    }
    AtomicInteger agents = present.agents();
    if (agents != null) {
      try {
        takeInAll(agents, present.most(), claims);
      } catch (NoRoomException e) {
        claims.forEach(claim -> giveBackOfOwner(present, claim));
        throw e;
      }
    }
  }

  /** Gives back the room of registrations that came to nothing. */
  void giveBack(Collection<Claim> claims) {
    Counts present = counts;
    for (Claim claim : claims) {
      giveBackOfOwner(present, claim);
      if (present.agents() != null && claim.isOneMore()) {
        present.agents().decrementAndGet();
      }
    }
  }

  /** A registration has replaced another one for good. */
  void replaced(Agent former, Agent agent) {
    Counts present = counts;
    if (present.byOwner() != null && new Claim(agent.owner(), former).isOneMoreOfOwner()) {
      minusOne(present.byOwner(), former.owner());
    }
  }

  /** A registration has ended, and no other took its place. */
  void ended(Agent agent) {
    Counts present = counts;
    if (present.byOwner() != null) {
      minusOne(present.byOwner(), agent.owner());
    }
    if (present.agents() != null) {
      present.agents().decrementAndGet();
    }
  }

  private Counts count(int most, int mostOfOwner) {
    if (most == Settings.UNLIMITED && mostOfOwner == Settings.UNLIMITED) {
      return NONE;
    }
    AtomicInteger agents = most == Settings.UNLIMITED ? null : new AtomicInteger();
    Map<Long, Integer> byOwner =
        mostOfOwner == Settings.UNLIMITED ? null : new ConcurrentHashMap<>();
    routing
        .route()
        .active()
        .forEach(
            agent -> {
              if (agents != null) {
                agents.incrementAndGet();
              }
              if (byOwner != null) {
                byOwner.merge(agent.owner().getBundleId(), 1, Integer::sum);
              }
            });
    return new Counts(most, agents, mostOfOwner, byOwner);
  }

  private static void takeInAll(AtomicInteger agents, int most, Collection<Claim> claims) {
    int more = (int) claims.stream().filter(Claim::isOneMore).count();
    int held;
    do {
      held = agents.get();
      if (more > 0 && more > most - held) {
        throw new NoRoomException(AGENTS, most, more, firstOwner(claims));
      }
    } while (!agents.compareAndSet(held, held + more));
  }

  private static void takeOfOwners(Map<Long, Integer> byOwner, int most, Collection<Claim> claims) {
    Map<Bundle, Integer> wanted = new LinkedHashMap<>();
    for (Claim claim : claims) {
      if (claim.isOneMoreOfOwner()) {
        wanted.merge(claim.owner(), 1, Integer::sum);
      }
    }
    Map<Bundle, Integer> taken = new LinkedHashMap<>();
    wanted.forEach(
        (owner, more) -> {
          if (!plus(byOwner, most, owner, more)) {
            taken.forEach((other, back) -> minus(byOwner, other, back));
            throw new NoRoomException(AGENTS_OF_OWNER, most, more, owner);
          }
          taken.put(owner, more);
        });
  }

  private static void giveBackOfOwner(Counts present, Claim claim) {
    if (present.byOwner() != null && claim.isOneMoreOfOwner()) {
      minusOne(present.byOwner(), claim.owner());
    }
  }

  /** Whether there was room. */
  private static boolean plus(Map<Long, Integer> byOwner, int most, Bundle owner, int more) {
    boolean[] room = new boolean[1];
    byOwner.compute(
        owner.getBundleId(),
        (id, held) -> {
          int now = held == null ? 0 : held;
          room[0] = more <= most - now;
          return room[0] ? Integer.valueOf(now + more) : held;
        });
    return room[0];
  }

  private static void minusOne(Map<Long, Integer> byOwner, Bundle owner) {
    minus(byOwner, owner, 1);
  }

  /** An owner without agents leaves no entry behind. */
  private static void minus(Map<Long, Integer> byOwner, Bundle owner, int fewer) {
    byOwner.computeIfPresent(
        owner.getBundleId(), (id, held) -> held > fewer ? Integer.valueOf(held - fewer) : null);
  }

  private static Bundle firstOwner(Collection<Claim> claims) {
    return claims.stream()
        .filter(Claim::isOneMore)
        .map(Claim::owner)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no claim needs room: " + claims));
  }
}

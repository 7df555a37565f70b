package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one stripe of ids on both sides, each id in the version that was read last.
 * Added up as it is read, so that there is nothing left to do under the lock of the stripe. Used by
 * one thread.
 */
final class Verified {

  private final Map<String, Agent> held;

  /** Of those, the ids that the mirror lacks because their owner is gone. */
  private final Set<String> dropped = new HashSet<>();

  private long activeSum;
  private long mirrorSum;

  /**
   * Nothing yet.
   *
   * @param expected how many agents there will be, or so
   */
  Verified(int expected) {
    held = new HashMap<>(expected + expected / 2);
  }

  /**
   * An id was read.
   *
   * @param agent what the active backend holds under it, or null
   * @param isDropped whether the mirror lacks it
   */
  void is(String id, @Nullable Agent agent, boolean isDropped) {
    Agent before = agent == null ? held.remove(id) : held.put(id, agent);
    boolean wasDropped = !dropped.isEmpty() && dropped.remove(id);
    if (isDropped) {
      dropped.add(id);
    }
    long comes = Tally.sum(agent);
    long goes = Tally.sum(before);
    activeSum += comes - goes;
    mirrorSum += (isDropped ? 0 : comes) - (wasDropped ? 0 : goes);
  }

  /** The checksum of the active side. */
  long activeSum() {
    return activeSum;
  }

  /** The checksum of the mirror. */
  long mirrorSum() {
    return mirrorSum;
  }
}

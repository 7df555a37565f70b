package io.agents.registry.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What can be checked afterwards about an exchange of the backend. Both sides are those of one cut:
 * the instant without writes in which the next backend became the active one.
 *
 * @param former what the former backend held, less the agents that were dropped
 * @param next what the next backend held
 * @param mendedIds the ids of agents that differed and were put right; at most {@value
 *     #LONGEST_LIST}; can't be changed
 * @param droppedIds the ids of agents that were not handed over because their owner was gone; at
 *     most {@value #LONGEST_LIST}; can't be changed
 * @param longestReadNanos the longest lookup that was measured while the exchange was under way, in
 *     nanoseconds; empty if none was, as only a sample is. Readers never wait for an exchange
 */
public record SwapEvidence(
    Side former,
    Side next,
    List<String> mendedIds,
    List<String> droppedIds,
    OptionalLong longestReadNanos) {

  /** How many ids a list has at most. */
  public static final int LONGEST_LIST = 100;

  /** Nothing was found out, because the exchange was abandoned before. */
  public static final SwapEvidence NONE =
      new SwapEvidence(Side.NONE, Side.NONE, List.of(), List.of(), OptionalLong.empty());

  /**
   * What one backend held at the cut.
   *
   * @param agents how many agents
   * @param checksum the sum of {@link SwapEvidence#checksumOf} of each of them, modulo 2^64: it
   *     does not depend on any order. Taken from what the backend gave when it was compared agent
   *     by agent, and kept up from what it answered to each write after that
   * @param servicesMonitored how many services it monitored for their going
   * @param bundlesMonitored how many bundles these belonged to
   */
  public record Side(int agents, long checksum, int servicesMonitored, int bundlesMonitored) {

    /** Nothing is known. */
    public static final Side NONE = new Side(0, 0, 0, 0);
  }

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if anything is null
   */
  public SwapEvidence {
    Objects.requireNonNull(former, "former");
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(longestReadNanos, "longestReadNanos");
    mendedIds = List.copyOf(mendedIds);
    droppedIds = List.copyOf(droppedIds);
  }

  /**
   * Whether both sides held the same agents in the same revisions, as far as the figures tell.
   *
   * @return whether numbers and checksums are equal
   */
  public boolean agrees() {
    return former.agents() == next.agents() && former.checksum() == next.checksum();
  }

  /**
   * The share of one agent in a checksum: FNV-1a of 64 bits over the characters of the id, then the
   * registration number and the revision, each mixed in by multiplication with an odd number, and
   * the whole scrambled by the finalizer of MurmurHash3.
   *
   * @param agent the agent
   * @return its share
   */
  public static long checksumOf(Agent agent) {
    long hash = 0xcbf29ce484222325L;
    String id = agent.id();
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ agent.registration()) * 0x9e3779b97f4a7c15L;
    hash = (hash ^ agent.revision()) * 0xc2b2ae3d27d4eb4fL;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}

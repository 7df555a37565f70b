package io.agents.registry.core.internal;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.MetadataLimits;
import io.agents.registry.api.QueryLimits;

/**
 * The limits in force.
 *
 * @param maxIdLength the longest id, in characters
 * @param metadata how large the metadata of one agent may be
 * @param query how deep and how long a query may be
 * @param listenerQueueSize how many events may wait for one listener
 * @param swapsKept how many reports of swaps are kept
 * @param maxAgents how many agents may be registered, or {@link #UNLIMITED}
 * @param maxAgentsOfOwner how many agents of one owner may be registered, or {@link #UNLIMITED}
 * @param mirroring which backend is the standing mirror, and what is done with it
 * @param measuresCalls whether calls are measured
 */
record Settings(
    int maxIdLength,
    MetadataLimits metadata,
    QueryLimits query,
    int listenerQueueSize,
    int swapsKept,
    int maxAgents,
    int maxAgentsOfOwner,
    Mirroring mirroring,
    boolean measuresCalls) {

  /**
   * About the standing mirror, and whatever else is filled.
   *
   * @param implementation the backend that is to be the mirror; empty text for none
   * @param comparisonBasisPoints how many reads of 10,000 are compared with it
   * @param comparisonsPerSecond how many of those a second at most
   * @param timeoutMillis how long a backend may take to be filled
   */
  record Mirroring(
      String implementation,
      int comparisonBasisPoints,
      int comparisonsPerSecond,
      int timeoutMillis) {

    static final Mirroring DEFAULT = new Mirroring("", 0, 10_000, 60_000);
  }

  /** Stands for a quota that is not configured. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  static final Settings DEFAULT =
      new Settings(
          AgentRegistry.DEFAULT_MAX_ID_LENGTH,
          MetadataLimits.DEFAULT,
          QueryLimits.DEFAULT,
          10_000,
          100,
          UNLIMITED,
          UNLIMITED);

  /** Limits alone, and the rest as it is by default. */
  Settings(
      int maxIdLength,
      MetadataLimits metadata,
      QueryLimits query,
      int listenerQueueSize,
      int swapsKept,
      int maxAgents,
      int maxAgentsOfOwner) {
    this(
        maxIdLength,
        metadata,
        query,
        listenerQueueSize,
        swapsKept,
        maxAgents,
        maxAgentsOfOwner,
        Mirroring.DEFAULT,
        true);
  }

  /** The same with another mirror. */
  Settings with(Mirroring other, boolean measures) {
    return new Settings(
        maxIdLength,
        metadata,
        query,
        listenerQueueSize,
        swapsKept,
        maxAgents,
        maxAgentsOfOwner,
        other,
        measures);
  }
}

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
 */
record Settings(
    int maxIdLength,
    MetadataLimits metadata,
    QueryLimits query,
    int listenerQueueSize,
    int swapsKept,
    int maxAgents,
    int maxAgentsOfOwner) {

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
}

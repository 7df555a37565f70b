package io.agents.registry.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The registry for whoever runs it: acts on all agents, whoever owns them, and tells how the
 * registry is. It never throws {@link NotOwnerException}. As safe for threads as {@link
 * AgentRegistry}.
 */
@ProviderType
public interface RegistryAdmin extends AgentRegistry {

  /**
   * How the registry is now. Takes time in proportion to the number of agents.
   *
   * @return a snapshot; its figures may be of slightly different moments
   */
  RegistryStatus status();

  /**
   * The latest exchanges of the backend.
   *
   * @return a report of each, the oldest first; the first binding after the start is among them;
   *     empty if there was none; can't be changed; how many are kept is configured
   */
  List<SwapReport> swaps();

  /**
   * How the standing mirror is. A part of {@link #status}, which costs the same however many agents
   * there are.
   *
   * @return its state; {@link MirrorStatus#NONE} if none is configured
   */
  default MirrorStatus mirror() {
    return status().mirror();
  }

  /**
   * Makes the standing mirror the active backend at once, without waiting for a configuration that
   * says so: for a rollback that must not wait. It is in step, so nothing is copied. It serves
   * until a target filter chooses another one, so whoever calls this sets the target filter to the
   * same. Returns when it serves; waits for writes that are under way.
   *
   * @param implementation the name of the mirror
   * @return whether it serves now; false, and nothing has changed, if no such mirror is in step, or
   *     another change of the backends is under way
   * @throws IllegalArgumentException if the name is null
   */
  boolean exchangeWithMirror(String implementation);

  /**
   * What came of comparing the active backend with its mirror: a configured share of the reads is
   * done on both, off the caller's path.
   *
   * @return the figures since the start; {@link ComparisonReport#NONE} if nothing was compared
   */
  ComparisonReport comparison();

  /**
   * What the calls of the registry were like, as far as they are measured.
   *
   * @return the figures since the start
   */
  CallStatistics calls();
}

package io.agents.registry.flags;

import java.util.List;
import java.util.Objects;

/**
 * Why the active implementation is the one it is, or why a wanted one is not.
 *
 * @param active the implementation that serves, or {@code none}
 * @param wanted the implementation that the stage asks for on this node
 * @param reasons what leads to it, from what was decided to what stands in the way
 */
public record WhyReport(String active, String wanted, List<Reason> reasons) {

  /** What a reason speaks of. */
  public enum Kind {
    /** The flag {@link FeatureFlags#USE_ETS} and what it says here. */
    FLAG,
    /** The stage of the rollout. */
    STAGE,
    /** The guard of the rollout: that it rolled back, or holds promotion. */
    GUARD,
    /** The target filter that is configured. */
    TARGET_FILTER,
    /** A bundle that is not installed, not resolved or not started. */
    BUNDLE,
    /** A component that is not satisfied, or failed to activate. */
    COMPONENT,
    /** An exchange of implementations that is under way or was abandoned. */
    SWAP,
    /** The registry itself, its configuration, or its mirror. */
    REGISTRY
  }

  /**
   * One reason.
   *
   * @param kind what it speaks of
   * @param obstacle whether it keeps the wanted implementation from serving
   * @param what how it is, for a person
   * @param command the command that changes it; empty text if there is nothing to change
   */
  public record Reason(Kind kind, boolean obstacle, String what, String command) {

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if a reference is null
     */
    public Reason {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(command, "command");
    }
  }

  /**
   * Copies the list.
   *
   * @throws NullPointerException if anything is null
   */
  public WhyReport {
    Objects.requireNonNull(active, "active");
    Objects.requireNonNull(wanted, "wanted");
    reasons = List.copyOf(reasons);
  }

  /**
   * Whether the wanted implementation serves.
   *
   * @return whether the two are the same
   */
  public boolean isAsWanted() {
    return active.equals(wanted);
  }
}

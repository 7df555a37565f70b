package io.agents.registry.flags;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How the rollout stands on this node, at one moment.
 *
 * @param stage the stage
 * @param since since when it is in this stage; empty if it was never changed
 * @param node the name of this node
 * @param wanted the implementation that the stage asks for on this node
 * @param active the implementation that serves; {@code "none"} while there is none
 * @param mirror the implementation that the stage wants to be kept in step on this node; empty text
 *     if none
 * @param mirrorState how that is, for a person, such as {@code in step}; empty text if none is
 *     wanted
 * @param comparisonPercent the share of reads that are run on both sides and compared, in percent;
 *     0 if none is kept in step
 * @param guarded whether the guard watches now
 * @param guard what the guard sees, or why it does not watch, for a person
 * @param hold why further promotion is held, until {@link Rollout#clear}; empty if it is not
 * @param soakEnds in stage full, when the time is over for which it is to be kept; else empty
 * @param refused what is wrong with the configured flags, so that the stage stays what it was;
 *     empty if nothing is
 * @param lastChange the latest change of the stage, if there was one
 */
public record RolloutStatus(
    RolloutStage stage,
    Optional<Instant> since,
    String node,
    String wanted,
    String active,
    String mirror,
    String mirrorState,
    double comparisonPercent,
    boolean guarded,
    String guard,
    Optional<String> hold,
    Optional<Instant> soakEnds,
    Optional<String> refused,
    Optional<RolloutChange> lastChange) {

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public RolloutStatus {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(active, "active");
    Objects.requireNonNull(mirror, "mirror");
    Objects.requireNonNull(mirrorState, "mirrorState");
    Objects.requireNonNull(guard, "guard");
    Objects.requireNonNull(hold, "hold");
    Objects.requireNonNull(soakEnds, "soakEnds");
    Objects.requireNonNull(refused, "refused");
    Objects.requireNonNull(lastChange, "lastChange");
  }
}

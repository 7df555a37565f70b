package io.agents.registry.flags;

import java.time.Instant;
import java.util.Objects;

/**
 * One step of the rollout's history.
 *
 * @param at when, to the millisecond
 * @param from the stage before
 * @param to the stage after; the same if only the hold was cleared, or if what was asked for was so
 *     already
 * @param kind what was done
 * @param source who or what did it
 * @param forced whether it was done although the readiness check was against it
 * @param reason why, for a person; may be empty
 */
public record RolloutChange(
    Instant at,
    RolloutStage from,
    RolloutStage to,
    Kind kind,
    Source source,
    boolean forced,
    String reason) {

  /** What was done. */
  public enum Kind {
    /** The stage was changed, forward or back. */
    MOVED,
    /** The rollout was ended at once, and {@code legacy} serves. */
    ROLLED_BACK,
    /** The hold that the guard had put on further promotion was taken away. */
    CLEARED
  }

  /** Who or what made a change. */
  public enum Source {
    /** Code that called {@link Rollout} or {@link FeatureFlags}. */
    CALL,
    /** A person, by a shell command. */
    COMMAND,
    /** The guard, because a threshold was crossed. */
    GUARD,
    /** Whoever changed the configuration of the flags: a file, a tool, other code. */
    CONFIGURATION
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public RolloutChange {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(reason, "reason");
  }
}

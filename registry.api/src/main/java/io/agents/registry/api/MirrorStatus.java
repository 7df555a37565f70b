package io.agents.registry.api;

import java.util.Objects;

/**
 * How the standing mirror is at one moment: the backend that is given every write besides the
 * active one, so that the two can change roles in one instant.
 *
 * @param implementation the mirror that is configured, by its {@code registry.implementation};
 *     empty text if none is
 * @param state how it is
 * @param reason what is missing or what failed, for a person; empty text if nothing is wrong
 */
public record MirrorStatus(String implementation, State state, String reason) {

  /** How a standing mirror is. */
  public enum State {
    /** None is configured. */
    NONE,
    /** It is not there, or is the active backend itself, or there is no backend to mirror. */
    MISSING,
    /** It is being filled and compared. */
    FILLING,
    /** It holds what the active backend holds, and is given every write. */
    IN_STEP,
    /**
     * It threw, or stood still, and is given nothing any more. It is tried again with the next
     * configuration, and when its bundle comes back.
     */
    FAILED
  }

  /** No mirror is configured. */
  public static final MirrorStatus NONE = new MirrorStatus("", State.NONE, "");

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public MirrorStatus {
    Objects.requireNonNull(implementation, "implementation");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
  }
}

package io.agents.registry.flags;

import io.agents.registry.api.RegistryException;

/** The rollout does not go where it was told to. Nothing has changed. */
public final class RolloutRefusedException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** A cache, in effect: null only after serialisation. */
  private final transient RolloutStage stage;

  /**
   * Makes the exception.
   *
   * @param stage the stage, which stays
   * @param message one line for a person: what was refused, why, and what is allowed
   */
  public RolloutRefusedException(RolloutStage stage, String message) {
    super(message);
    this.stage = stage;
  }

  /**
   * The stage, which stays.
   *
   * @return the stage; {@link RolloutStage#OFF} in an exception that was serialised and read back
   */
  public RolloutStage stage() {
    return stage == null ? RolloutStage.OFF : stage;
  }
}

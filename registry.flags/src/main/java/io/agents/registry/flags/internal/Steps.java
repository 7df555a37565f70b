package io.agents.registry.flags.internal;

import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import java.util.Optional;

/** Where the rollout may go from a stage. Nothing but its arguments counts. */
final class Steps {

  private Steps() {}

  /** The stage after this one; empty after the last. */
  static Optional<RolloutStage> after(RolloutStage stage, int stepHundredths) {
    return switch (stage.name()) {
      case OFF -> Optional.of(RolloutStage.SHADOW);
      case SHADOW -> Optional.of(share(new FlagValue(stepHundredths)));
      case PARTIAL -> Optional.of(RolloutStage.FULL);
      case FULL -> Optional.of(RolloutStage.DONE);
      case DONE -> Optional.empty();
    };
  }

  /**
   * The stage after this one, with a percentage for partial if one is given.
   *
   * @throws RolloutRefusedException if there is none, or a percentage is out of place
   * @throws IllegalArgumentException if it is no percentage
   */
  static RolloutStage next(RolloutStage stage, Optional<Double> percent, int stepHundredths) {
    if (percent.isEmpty()) {
      return after(stage, stepHundredths)
          .orElseThrow(
              () -> new RolloutRefusedException(stage, "there is no stage after " + stage));
    }
    FlagValue share = FlagValue.percentage(percent.get());
    if (share.isOff()) {
      throw new IllegalArgumentException(
          "0 percent is no share of the nodes to serve; allowed is more, up to 100");
    }
    RolloutStage wanted = share(share);
    switch (stage.name()) {
      case SHADOW -> {
        return wanted;
      }
      case PARTIAL -> {
        if (stage.isBefore(wanted)) {
          return wanted;
        }
        throw new RolloutRefusedException(
            stage,
            share
                + " is not more than the "
                + stage.share()
                + " of now; rollout:back partial "
                + share
                + " goes to fewer nodes");
      }
      default ->
          throw new RolloutRefusedException(
              stage,
              "the stage after "
                  + stage
                  + " has no percentage; give none, or go to shadow or partial first");
    }
  }

  private static RolloutStage share(FlagValue share) {
    return share.isOn() ? RolloutStage.FULL : RolloutStage.partial(share);
  }

  /**
   * Checks a way back.
   *
   * @throws RolloutRefusedException if the stage is not before the present one
   */
  static void back(RolloutStage stage, RolloutStage to) {
    if (!to.isBefore(stage)) {
      throw new RolloutRefusedException(
          stage,
          "the stage "
              + to
              + " is not before "
              + stage
              + ", which is the stage now; rollout:next goes forward");
    }
  }
}

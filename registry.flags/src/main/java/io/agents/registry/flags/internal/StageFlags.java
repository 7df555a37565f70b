package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags that the stage follows from, at one moment.
 *
 * @param useEts the share of {@link FeatureFlags#USE_ETS}
 * @param shadow the value of {@link Rollout#SHADOW}
 * @param retire the value of {@link Rollout#RETIRE_LEGACY}
 * @param enforce the value of {@link Rollout#ENFORCE}
 * @param monitored whether {@link Rollout#MONITORING} is on here
 */
record StageFlags(
    FlagValue useEts, FlagValue shadow, FlagValue retire, FlagValue enforce, boolean monitored) {

  /** Nothing is configured. */
  static final StageFlags DEFAULT =
      new StageFlags(FlagValue.OFF, FlagValue.OFF, FlagValue.OFF, FlagValue.OFF, true);

  /** Reads the flags; one that is not there counts as its default. */
  static StageFlags of(List<FlagState> states) {
    boolean monitored = true;
    for (FlagState state : states) {
      if (state.name().equals(Rollout.MONITORING)) {
        monitored = state.onHere();
      }
    }
    return new StageFlags(
        value(states, FeatureFlags.USE_ETS),
        value(states, Rollout.SHADOW),
        value(states, Rollout.RETIRE_LEGACY),
        value(states, Rollout.ENFORCE),
        monitored);
  }

  private static FlagValue value(List<FlagState> states, String flag) {
    return states.stream()
        .filter(state -> state.name().equals(flag))
        .map(FlagState::value)
        .findFirst()
        .orElse(FlagValue.OFF);
  }

  /** What makes this combination illegal, in one line; empty if it is a stage. */
  Optional<String> problem() {
    return onOrOff(Rollout.SHADOW, shadow)
        .or(() -> onOrOff(Rollout.RETIRE_LEGACY, retire))
        .or(() -> onOrOff(Rollout.ENFORCE, enforce))
        .or(this::illegalTogether);
  }

  private static Optional<String> onOrOff(String flag, FlagValue value) {
    return value.isOff() || value.isOn()
        ? Optional.empty()
        : Optional.of(flag + " is " + value + "; allowed are on and off");
  }

  private Optional<String> illegalTogether() {
    if (retire.isOn() && !useEts.isOn()) {
      return Optional.of(
          Rollout.RETIRE_LEGACY
              + " is on while "
              + FeatureFlags.USE_ETS
              + " is "
              + useEts
              + "; it is allowed only with "
              + FeatureFlags.USE_ETS
              + " on");
    }
    if (enforce.isOn() && !retire.isOn()) {
      return Optional.of(
          Rollout.ENFORCE
              + " is on while "
              + FeatureFlags.USE_ETS
              + " is "
              + useEts
              + " and "
              + Rollout.RETIRE_LEGACY
              + " is off; it is allowed only in the stage done");
    }
    return Optional.empty();
  }

  /** The stage that a legal combination means. */
  RolloutStage stage() {
    if (useEts.isOff()) {
      return shadow.isOn() ? RolloutStage.SHADOW : RolloutStage.OFF;
    }
    if (useEts.isOn()) {
      return retire.isOn() ? RolloutStage.DONE : RolloutStage.FULL;
    }
    return RolloutStage.partial(useEts);
  }

  /** Whether another reading means the same. */
  boolean meansTheSameAs(StageFlags other) {
    return problem().equals(other.problem())
        && (problem().isPresent() || stage().equals(other.stage()));
  }

  /** What to configure for a stage; empty for the default of a flag. */
  static Map<String, Optional<FlagValue>> wantedFor(RolloutStage stage) {
    Map<String, Optional<FlagValue>> wanted = new LinkedHashMap<>();
    wanted.put(FeatureFlags.USE_ETS, Optional.of(stage.share()));
    wanted.put(Rollout.SHADOW, onIf(stage.equals(RolloutStage.SHADOW)));
    wanted.put(Rollout.RETIRE_LEGACY, onIf(stage.equals(RolloutStage.DONE)));
    if (!stage.equals(RolloutStage.DONE)) {
      wanted.put(Rollout.ENFORCE, Optional.empty());
    }
    return wanted;
  }

  private static Optional<FlagValue> onIf(boolean on) {
    return on ? Optional.of(FlagValue.ON) : Optional.empty();
  }
}

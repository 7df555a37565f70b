package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagValue;
import java.util.Map;
import java.util.Optional;

/** The flags, for the parts of this bundle that follow them. */
public interface FlagSource extends FeatureFlags {

  /**
   * Has something run whenever the state of any flag changed, after every evaluation sees the
   * change. It runs on whatever thread brought the change and must neither wait nor throw.
   *
   * @param listener what to run
   * @return ends it
   */
  Runnable onChange(Runnable listener);

  /**
   * Changes several flags in one step: one write, and no evaluation sees some of them changed.
   *
   * @param wanted the value of each flag; empty for its default
   * @param reason why, for the history
   */
  void changeAll(Map<String, Optional<FlagValue>> wanted, String reason);
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;

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
}

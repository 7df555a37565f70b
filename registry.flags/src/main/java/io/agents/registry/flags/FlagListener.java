package io.agents.registry.flags;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told when a flag has changed. A bundle that wants to know registers a service of this type.
 */
@ConsumerType
public interface FlagListener {

  /**
   * The state of at least one flag is another one than when this was called last. Several changes
   * may be told as one. Called after every evaluation sees the change, under no lock, always on one
   * thread of the flags' own: who needs long holds up the other listeners. What it throws is
   * logged.
   */
  void flagsChanged();
}

package io.agents.registry.flags.internal;

import org.osgi.framework.Bundle;

/** What the framework is doing. */
enum Phase {
  /** Bundles are being started; what is missing may be about to come. */
  STARTING,
  /** It is up. */
  RUNNING,
  /** Bundles are being stopped; what goes does not mean a thing. */
  STOPPING;

  /** The phase of a framework by the state of its system bundle. */
  static Phase of(Bundle system) {
    return switch (system.getState()) {
      case Bundle.ACTIVE -> RUNNING;
      case Bundle.STARTING -> STARTING;
      default -> STOPPING;
    };
  }
}

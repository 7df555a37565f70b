package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.NotOwnerException;
import org.osgi.framework.Bundle;

/**
 * Who calls the registry.
 *
 * @param bundle the calling bundle
 * @param actsOnAll whether it may change every agent
 */
record Caller(Bundle bundle, boolean actsOnAll) {

  boolean mayChange(Agent agent) {
    return actsOnAll || is(agent.owner()) || is(agent.registrar());
  }

  void requireMayChange(Agent agent) {
    if (!mayChange(agent)) {
      throw new NotOwnerException(agent.id(), agent.owner(), bundle);
    }
  }

  /** A bundle that was updated is another object in some frameworks, but has the same id. */
  private boolean is(Bundle other) {
    return bundle.getBundleId() == other.getBundleId();
  }
}

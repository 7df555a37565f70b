package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A registration that was checked and has no number yet. */
record NewAgent(
    String id, ServiceReference<?> service, Bundle owner, Bundle registrar, Metadata metadata) {

  Agent numbered(long registration) {
    return new Agent(
        id, service, owner, registrar, metadata, registration, 1, System.currentTimeMillis());
  }
}

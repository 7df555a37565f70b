package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Makes agents where no registry in front of the storage does it. */
final class NewAgents {

  private final AtomicLong registrations = new AtomicLong();

  Agent make(String id, ServiceReference<?> service, Metadata metadata) {
    Bundle owner = service.getBundle();
    return new Agent(
        id,
        service,
        owner,
        owner,
        metadata,
        registrations.incrementAndGet(),
        1,
        System.currentTimeMillis());
  }
}

package io.agents.registry.testkit;

import io.agents.registry.testkit.junit5.AgentRegistryContract;

/** The registry suite passes on a registry that is right, with a backend that monitors owners. */
class MonitoringReferenceRegistryTest extends AgentRegistryContract {

  @Override
  protected boolean monitorsOwners() {
    return true;
  }

  @Override
  protected RegistryUnderTest create() {
    return new ReferenceRegistryUnderTest(new ReferenceRegistry(new ReferenceBackend(true)));
  }
}

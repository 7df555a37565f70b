package io.agents.registry.testkit;

import io.agents.registry.testkit.junit5.AgentRegistryContract;

/**
 * The registry suite passes on a registry that is right, with a backend that does not monitor
 * owners.
 */
class PlainReferenceRegistryTest extends AgentRegistryContract {

  @Override
  protected boolean monitorsOwners() {
    return false;
  }

  @Override
  protected RegistryUnderTest create() {
    return new ReferenceRegistryUnderTest(new ReferenceRegistry(new ReferenceBackend(false)));
  }
}

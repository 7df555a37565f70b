package io.agents.registry.core.internal;

import io.agents.registry.testkit.RegistryUnderTest;
import io.agents.registry.testkit.junit5.AgentRegistryContract;

/** What consumers rely on, with no backend behind the registry: rules R1 to R14, R12.1. */
class PlainStoreRegistryContractTest extends AgentRegistryContract {

  @Override
  protected boolean monitorsOwners() {
    return false;
  }

  @Override
  protected RegistryUnderTest create() {
    return new CoreUnderTest();
  }
}

package io.agents.registry.testkit;

import io.agents.registry.testkit.junit5.RegistryBackendContract;

/** The backend suite passes on a backend that is right and does not monitor owners. */
class PlainReferenceContractTest extends RegistryBackendContract {

  @Override
  protected boolean monitorsOwners() {
    return false;
  }

  @Override
  protected BackendUnderTest create() {
    return new ReferenceBackendUnderTest(new ReferenceBackend(false));
  }
}

package io.agents.registry.testkit;

import io.agents.registry.testkit.junit5.RegistryBackendContract;

/** The backend suite passes on a backend that is right and monitors owners. */
class MonitoringReferenceContractTest extends RegistryBackendContract {

  @Override
  protected boolean monitorsOwners() {
    return true;
  }

  @Override
  protected BackendUnderTest create() {
    return new ReferenceBackendUnderTest(new ReferenceBackend(true));
  }
}

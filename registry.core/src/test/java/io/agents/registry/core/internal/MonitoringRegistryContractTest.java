package io.agents.registry.core.internal;

import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.RegistryUnderTest;
import io.agents.registry.testkit.junit5.AgentRegistryContract;

/** What consumers rely on, with a backend behind the registry that monitors owners. */
class MonitoringRegistryContractTest extends AgentRegistryContract {

  @Override
  protected boolean monitorsOwners() {
    return true;
  }

  @Override
  protected RegistryUnderTest create() {
    TestBackend backend = TestBackend.thatMonitors();
    CoreUnderTest registry = new CoreUnderTest(new FakeOwners(backend::going), true);
    registry.core().backends().wanted(backend.named("monitoring"));
    return registry;
  }
}

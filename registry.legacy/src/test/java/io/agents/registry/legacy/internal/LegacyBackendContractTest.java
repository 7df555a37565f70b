package io.agents.registry.legacy.internal;

import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.BackendUnderTest;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.OwnerControl;
import io.agents.registry.testkit.junit5.RegistryBackendContract;

/** The backend keeps the contract: all B rules of a backend that does not monitor owners. */
class LegacyBackendContractTest extends RegistryBackendContract {

  @Override
  protected boolean monitorsOwners() {
    return false;
  }

  @Override
  protected BackendUnderTest create() {
    LegacyBackend backend = new LegacyBackend();
    FakeOwners owners = new FakeOwners();
    return new BackendUnderTest() {
      @Override
      public RegistryBackend backend() {
        return backend;
      }

      @Override
      public boolean monitorsOwners() {
        return false;
      }

      @Override
      public OwnerControl owners() {
        return owners;
      }

      @Override
      public void deactivate() {
        // Nothing ends with the component.
      }

      @Override
      public void close() {
        backend.clear();
      }
    };
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.BackendUnderTest;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.OwnerControl;
import io.agents.registry.testkit.junit5.RegistryBackendContract;

/** The registry's own store keeps the contract of backends: rules B1 to B5. */
class PlainStoreContractTest extends RegistryBackendContract {

  @Override
  protected boolean monitorsOwners() {
    return false;
  }

  @Override
  protected BackendUnderTest create() {
    PlainStore store = new PlainStore();
    FakeOwners owners = new FakeOwners();
    return new BackendUnderTest() {
      @Override
      public RegistryBackend backend() {
        return store;
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
        // It has no component.
      }

      @Override
      public void close() {
        store.clear();
      }
    };
  }
}

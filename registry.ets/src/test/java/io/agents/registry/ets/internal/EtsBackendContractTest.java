package io.agents.registry.ets.internal;

import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.BackendUnderTest;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.OwnerControl;
import io.agents.registry.testkit.junit5.RegistryBackendContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The backend keeps the contract, with the service events of a real framework: all B rules. */
class EtsBackendContractTest extends RegistryBackendContract {

  private static FelixFixture felix;

  @BeforeAll
  static void startFelix() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stopFelix() {
    felix.close();
  }

  @Override
  protected boolean monitorsOwners() {
    return true;
  }

  @Override
  protected BackendUnderTest create() {
    EtsBackend backend = new EtsBackend(felix.context(), Map.of());
    return new BackendUnderTest() {
      @Override
      public RegistryBackend backend() {
        return backend;
      }

      @Override
      public boolean monitorsOwners() {
        return true;
      }

      @Override
      public OwnerControl owners() {
        return felix;
      }

      @Override
      public void deactivate() {
        backend.deactivate();
      }

      @Override
      public void close() {
        backend.deactivate();
        backend.clear();
        felix.reset();
      }
    };
  }
}

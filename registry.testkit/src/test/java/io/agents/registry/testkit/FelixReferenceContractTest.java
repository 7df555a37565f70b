package io.agents.registry.testkit;

import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.junit5.RegistryBackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/**
 * The backend suite passes on a backend that is right and watches the service events of a real
 * framework.
 */
class FelixReferenceContractTest extends RegistryBackendContract {

  private static FelixFixture felix;

  @BeforeAll
  static void start() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  @Override
  protected boolean monitorsOwners() {
    return true;
  }

  @Override
  protected BackendUnderTest create() {
    ReferenceBackend backend = new ReferenceBackend(true);
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.UNREGISTERING) {
            backend.serviceGoing(event.getServiceReference());
          }
        };
    felix.context().addServiceListener(listener);
    return new Listening(backend, listener);
  }

  private record Listening(ReferenceBackend reference, ServiceListener listener)
      implements BackendUnderTest {

    @Override
    public RegistryBackend backend() {
      return reference;
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
      reference.deactivate();
    }

    @Override
    public void close() {
      felix.context().removeServiceListener(listener);
      felix.reset();
    }
  }
}

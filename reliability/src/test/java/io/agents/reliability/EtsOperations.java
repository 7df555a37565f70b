package io.agents.reliability;

import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.testkit.FakeOwners;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.Operation;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** The backend {@code ets}, with services that go. */
public class EtsOperations extends BackendOperations {

  /** Stands for the framework: keeps the one listener. */
  private static final class Events {
    private ServiceListener listener;

    BundleContext context() {
      return (BundleContext)
          Proxy.newProxyInstance(
              BundleContext.class.getClassLoader(),
              new Class<?>[] {BundleContext.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("addServiceListener")) {
                  listener = (ServiceListener) arguments[0];
                }
                return null;
              });
    }

    void going(ServiceReference<?> service) {
      listener.serviceChanged(new ServiceEvent(ServiceEvent.UNREGISTERING, service));
    }
  }

  private final AtomicBoolean[] gone = new AtomicBoolean[2 * OWNERS];

  /** Opens a backend that knows the services. */
  public EtsOperations() {
    this(new Events());
  }

  private EtsOperations(Events events) {
    super(new FakeOwners(events::going));
    open(new EtsBackend(events.context(), Map.of("indexed.attributes", new String[] {"node"})));
    for (int i = 0; i < gone.length; i++) {
      gone[i] = new AtomicBoolean();
      events.listener.serviceChanged(
          new ServiceEvent(ServiceEvent.REGISTERED, service(i / OWNERS, i % OWNERS)));
    }
  }

  /** The service goes, if it is there: as the framework does it, on the calling thread. */
  @Operation(
      params = {"id", "owner"},
      nonParallelGroup = "framework")
  public void ownerGone(int id, int owner) {
    if (gone[OWNERS * id + owner].compareAndSet(false, true)) {
      owners.unregister(service(id, owner));
    }
  }
}

package io.agents.registry.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Owners that need no framework: for backends that do not monitor owners, and for those that can be
 * told of goings by a call. A service goes as in a framework: whoever watches is told while the
 * reference still has its bundle; after that {@code getBundle()} is null.
 *
 * <p>The bundles have an id, a symbolic name, a version, a location and a state. Everything else is
 * refused with an {@link UnsupportedOperationException}.
 */
public final class FakeOwners implements OwnerControl {

  private final Consumer<? super ServiceReference<?>> watcher;
  private final AtomicLong bundleIds = new AtomicLong();
  private final AtomicLong serviceIds = new AtomicLong();

  /** The services that are there. Whoever takes one out makes it go. */
  private final Map<FakeService, Bundle> services = new ConcurrentHashMap<>();

  /** Owners whose going nobody is told of. */
  public FakeOwners() {
    this(service -> {});
  }

  /**
   * Owners whose going is told.
   *
   * @param watcher is given each service that is going, on the thread that makes it go; stands for
   *     a service listener
   */
  public FakeOwners(Consumer<? super ServiceReference<?>> watcher) {
    this.watcher = watcher;
  }

  @Override
  public Bundle newBundle() {
    long id = bundleIds.incrementAndGet();
    return FakeBundle.create(id, "test.owner." + id);
  }

  @Override
  public ServiceReference<?> newService(Bundle owner, Map<String, ?> properties) {
    requireStarted(owner);
    FakeService service = new FakeService(serviceIds.incrementAndGet(), owner, properties);
    services.put(service, owner);
    return service;
  }

  @Override
  public void change(ServiceReference<?> service, Map<String, ?> properties) {
    ((FakeService) service).setProperties(properties);
  }

  @Override
  public void unregister(ServiceReference<?> service, Runnable whileGoing) {
    if (services.remove(service) == null) {
      throw new IllegalStateException(service + " is gone already");
    }
    watcher.accept(service);
    whileGoing.run();
    ((FakeService) service).goes();
  }

  @Override
  public void stop(Bundle bundle) {
    FakeBundle.setState(bundle, Bundle.STOPPING);
    List<FakeService> own = new ArrayList<>();
    services.forEach(
        (service, owner) -> {
          if (owner.equals(bundle)) {
            own.add(service);
          }
        });
    own.forEach(this::unregister);
    FakeBundle.setState(bundle, Bundle.RESOLVED);
  }

  @Override
  public void start(Bundle bundle) {
    FakeBundle.setState(bundle, Bundle.ACTIVE);
  }

  private static void requireStarted(Bundle owner) {
    if (owner.getState() != Bundle.ACTIVE) {
      throw new IllegalStateException(owner + " is stopped");
    }
  }
}

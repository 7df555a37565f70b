package io.agents.registry.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Real owners in a running framework: empty bundles, installed for the purpose, that register
 * services. The services are {@link Runnable}s that do nothing.
 */
public final class BundleOwners implements OwnerControl, AutoCloseable {

  /** Keeps the bundles of several owners in one framework apart. */
  private final String prefix = "test.owner." + UUID.randomUUID() + ".";

  private final AtomicLong numbers = new AtomicLong();
  private final BundleContext context;
  private final Set<Bundle> bundles = ConcurrentHashMap.newKeySet();
  private final Map<ServiceReference<?>, ServiceRegistration<?>> registrations =
      new ConcurrentHashMap<>();

  /**
   * Owners in a framework.
   *
   * @param context the context of a bundle that stays for as long as the owners are used
   */
  public BundleOwners(BundleContext context) {
    this.context = context;
  }

  @Override
  public Bundle newBundle() {
    String name = prefix + numbers.incrementAndGet();
    try {
      Bundle bundle = context.installBundle("test:" + name, emptyBundle(name));
      bundles.add(bundle);
      bundle.start();
      return bundle;
    } catch (BundleException e) {
      throw new IllegalStateException("the test bundle " + name + " does not start", e);
    }
  }

  @Override
  public ServiceReference<?> newService(Bundle owner, Map<String, ?> properties) {
    Runnable nothing = () -> {};
    BundleContext context = owner.getBundleContext();
    if (context == null) {
      // As the framework says it of a context whose bundle has stopped.
      throw new IllegalStateException(owner + " is not started");
    }
    ServiceRegistration<?> registration =
        context.registerService(Runnable.class, nothing, FrameworkUtil.asDictionary(properties));
    registrations.put(registration.getReference(), registration);
    return registration.getReference();
  }

  @Override
  public void change(ServiceReference<?> service, Map<String, ?> properties) {
    registrations.get(service).setProperties(FrameworkUtil.asDictionary(properties));
  }

  @Override
  public void unregister(ServiceReference<?> service, Runnable whileGoing) {
    AtomicBoolean ran = new AtomicBoolean();
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.UNREGISTERING
              && event.getServiceReference().equals(service)
              && ran.compareAndSet(false, true)) {
            whileGoing.run();
          }
        };
    context.addServiceListener(listener);
    try {
      registrations.remove(service).unregister();
    } finally {
      context.removeServiceListener(listener);
    }
  }

  @Override
  public void stop(Bundle bundle) {
    registrations.keySet().removeIf(service -> bundle.equals(service.getBundle()));
    try {
      bundle.stop();
    } catch (BundleException e) {
      throw new IllegalStateException(bundle + " does not stop", e);
    }
  }

  @Override
  public void start(Bundle bundle) {
    try {
      bundle.start();
    } catch (BundleException e) {
      throw new IllegalStateException(bundle + " does not start", e);
    }
  }

  /**
   * Updates a bundle: it is stopped, gets the same content anew, and is started.
   *
   * @param bundle a bundle of {@link #newBundle}
   */
  public void update(Bundle bundle) {
    registrations.keySet().removeIf(service -> bundle.equals(service.getBundle()));
    try {
      bundle.update(emptyBundle(bundle.getSymbolicName()));
    } catch (BundleException e) {
      throw new IllegalStateException(bundle + " cannot be updated", e);
    }
  }

  /**
   * Uninstalls a bundle.
   *
   * @param bundle a bundle of {@link #newBundle}
   */
  public void uninstall(Bundle bundle) {
    registrations.keySet().removeIf(service -> bundle.equals(service.getBundle()));
    try {
      bundle.uninstall();
      bundles.remove(bundle);
    } catch (BundleException e) {
      throw new IllegalStateException(bundle + " cannot be uninstalled", e);
    }
  }

  /** Uninstalls all bundles that were made here and are still there. */
  @Override
  public void close() {
    bundles.stream()
        .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
        .forEach(this::uninstall);
  }

  private static InputStream emptyBundle(String symbolicName) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    main.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new JarOutputStream(bytes, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}

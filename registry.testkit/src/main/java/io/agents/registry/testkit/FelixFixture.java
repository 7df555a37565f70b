package io.agents.registry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework of its own inside a unit test, for backends that watch real service events: starts in
 * a folder of its own in under a second, and leaves nothing behind when it is closed. One may serve
 * all tests of a class.
 */
public final class FelixFixture implements OwnerControl, AutoCloseable {

  private static final long STOP_SECONDS = 30;

  private final Path folder;
  private final Framework framework;
  private final BundleOwners owners;

  /**
   * Starts the framework that the class path offers.
   *
   * @throws IllegalStateException if there is none, or it does not start
   */
  public FelixFixture() {
    try {
      folder = Files.createTempDirectory("felix-fixture");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class, FelixFixture.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"));
    framework =
        factory.newFramework(
            Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
    try {
      framework.start();
    } catch (BundleException e) {
      throw new IllegalStateException("the framework does not start", e);
    }
    owners = new BundleOwners(framework.getBundleContext());
  }

  /**
   * A context in which a backend under test may track services.
   *
   * @return the context of the framework itself
   */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /**
   * The owners, with everything that real bundles can do.
   *
   * @return the owners of this framework
   */
  public BundleOwners owners() {
    return owners;
  }

  /** Uninstalls all bundles of {@link #newBundle}: to be called after each test. */
  public void reset() {
    owners.close();
  }

  @Override
  public Bundle newBundle() {
    return owners.newBundle();
  }

  @Override
  public ServiceReference<?> newService(Bundle owner, Map<String, ?> properties) {
    return owners.newService(owner, properties);
  }

  @Override
  public void change(ServiceReference<?> service, Map<String, ?> properties) {
    owners.change(service, properties);
  }

  @Override
  public void unregister(ServiceReference<?> service, Runnable whileGoing) {
    owners.unregister(service, whileGoing);
  }

  @Override
  public void stop(Bundle bundle) {
    owners.stop(bundle);
  }

  @Override
  public void start(Bundle bundle) {
    owners.start(bundle);
  }

  /** Stops the framework and deletes its folder. */
  @Override
  public void close() {
    try {
      framework.stop();
      FrameworkEvent end = framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        throw new IllegalStateException("the framework does not stop in " + STOP_SECONDS + " s");
      }
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (BundleException e) {
      throw new IllegalStateException("the framework does not stop", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the framework stops", e);
    }
  }
}

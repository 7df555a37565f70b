package io.agents.benchmarks;

import io.agents.registry.testkit.BundleOwners;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A framework of its own, with owners of agents. Bundles come from the class path and share the API
 * of the registry with it.
 */
final class Host implements AutoCloseable {

  private static final long STOP_MILLIS = 30_000;

  private static final String SHARED_PACKAGES =
      String.join(
          ",",
          "io.agents.registry.api;version=1.0",
          "io.agents.registry.spi;version=1.0",
          "org.osgi.service.cm;version=1.6.1",
          "org.slf4j;version=1.7.36");

  private final Path folder;
  private final Framework framework;
  private final BundleOwners owners;

  Host() throws IOException, BundleException {
    folder = Files.createTempDirectory("benchmark");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    SHARED_PACKAGES,
                    "felix.log.level",
                    "1"));
    framework.start();
    owners = new BundleOwners(framework.getBundleContext());
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Makes an owner: a bundle of its own with one service. */
  ServiceReference<?> newOwner() {
    return owners.newService(owners.newBundle(), Map.of());
  }

  /** Makes an owner with several services. */
  List<ServiceReference<?>> newOwner(int services) {
    Bundle bundle = owners.newBundle();
    List<ServiceReference<?>> made = new ArrayList<>(services);
    for (int i = 0; i < services; i++) {
      made.add(owners.newService(bundle, Map.of()));
    }
    return made;
  }

  /** Stops the bundle that an owner is. */
  static void stop(Bundle owner) {
    try {
      owner.stop();
    } catch (BundleException e) {
      throw new IllegalStateException(owner + " does not stop", e);
    }
  }

  /**
   * Installs and starts the bundle that a class of the class path belongs to.
   *
   * @param member the name of the class
   */
  void start(String member) throws BundleException {
    try {
      Class<?> type = Class.forName(member, false, Host.class.getClassLoader());
      Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      Bundle bundle = context().installBundle("reference:" + place.toUri());
      bundle.start();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("the bundle of " + member + " is not on the class path", e);
    }
  }

  /**
   * A service, for the framework itself.
   *
   * @throws IllegalStateException if there is none
   */
  <T> T service(Class<T> type) {
    ServiceReference<T> reference = context().getServiceReference(type);
    if (reference == null) {
      throw new IllegalStateException("there is no service " + type.getName());
    }
    return context().getService(reference);
  }

  @Override
  public void close() throws IOException, BundleException {
    framework.stop();
    awaitStop();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void awaitStop() {
    try {
      if (framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        throw new IllegalStateException("the framework does not stop in " + STOP_MILLIS + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the framework stops", e);
    }
  }
}

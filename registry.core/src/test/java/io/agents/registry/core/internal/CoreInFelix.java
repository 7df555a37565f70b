package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.BundleOwners;
import io.agents.registry.testkit.Eventually;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A framework of its own with the bundle of the core in it, Declarative Services and
 * ConfigurationAdmin; the API is that of the test.
 */
final class CoreInFelix implements AutoCloseable {

  private static final String SYSTEM_PACKAGES =
      String.join(
          ",",
          "io.agents.registry.api;version=1.0",
          "io.agents.registry.spi;version=1.0",
          "org.osgi.service.cm;version=1.6.1",
          "org.osgi.service.event;version=1.4.1",
          "org.slf4j;version=1.7.36");

  private static final String SCR = "org.apache.felix.scr.impl.Activator";

  private final Path folder;
  private final Framework framework;
  private final BundleOwners owners;
  private final Map<String, Object> configuration = new HashMap<>();
  private final Bundle components;
  private Bundle core;

  CoreInFelix() throws Exception {
    folder = Files.createTempDirectory("core-in-felix");
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    SYSTEM_PACKAGES));
    framework.start();
    owners = new BundleOwners(context());
    List<Bundle> platform = new ArrayList<>();
    for (String member :
        List.of(
            "org.osgi.util.promise.Promise",
            "org.osgi.util.function.Function",
            "org.osgi.service.component.ComponentConstants",
            "org.apache.felix.cm.impl.ConfigurationManager",
            SCR)) {
      platform.add(install(Class.forName(member, false, getClass().getClassLoader())));
    }
    for (Bundle bundle : platform) {
      bundle.start();
    }
    components = platform.get(platform.size() - 1);
    installCore();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Bundles with services, for agents. */
  BundleOwners owners() {
    return owners;
  }

  /** The bundle of the core. */
  Bundle core() {
    return core;
  }

  /** The bundle of Declarative Services. */
  Bundle components() {
    return components;
  }

  /** Installs the core, and starts it. */
  void installCore() throws BundleException, URISyntaxException {
    core = install(CoreComponent.class);
    core.start();
  }

  private Bundle install(Class<?> member) throws BundleException, URISyntaxException {
    Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    return context().installBundle("reference:" + place.toUri());
  }

  <T> T service(Class<T> type, BundleContext user) {
    ServiceReference<T> reference = user.getServiceReference(type);
    assertThat(reference).as("the service %s", type.getName()).isNotNull();
    return user.getService(reference);
  }

  RegistryAdmin admin() {
    return service(RegistryAdmin.class, context());
  }

  ServiceRegistration<RegistryBackend> provide(TestBackend backend, String name) {
    return context()
        .registerService(
            RegistryBackend.class,
            backend,
            FrameworkUtil.asDictionary(Map.of(RegistryBackend.IMPLEMENTATION, name)));
  }

  /** Writes these settings beside those that were written before. */
  void configure(Map<String, Object> properties) {
    configuration.putAll(properties);
    try {
      service(ConfigurationAdmin.class, context())
          .getConfiguration(SettingsReader.PID, "?")
          .update(FrameworkUtil.asDictionary(configuration));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void target(String name) {
    configure(Map.of("backend.target", "(registry.implementation=" + name + ")"));
  }

  void awaitActive(String name) {
    Eventually.passes(
        name + " is active", () -> assertThat(admin().status().implementation()).isEqualTo(name));
  }

  @Override
  public void close() throws BundleException, IOException {
    framework.stop();
    try {
      framework.waitForStop(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the framework stops", e);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package io.agents.registry.flags.internal;

import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.agents.registry.spi.RegistryBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Felix with its ConfigurationAdmin and SCR, and this module as a bundle in it. The bundle's
 * classes come from the class path, so that tests can call its services.
 */
final class Container {

  private static final List<String> BUNDLES =
      List.of(
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component-",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr");

  private static final String EXPORTS =
      "org.slf4j;version=1.7.36,io.agents.registry.api;version=1.0.0,io.agents.registry.spi;version=1.0.0";

  private final Path storage;
  private final List<String> updates = new CopyOnWriteArrayList<>();
  private Framework framework;

  Container(Path storage) {
    this.storage = storage;
  }

  /**
   * Starts the framework, for the first time or again with what it kept.
   *
   * @param early whether {@code before} is run with the framework's context before any bundle
   *     starts
   */
  void start(Runnable early) throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_BUNDLE_PARENT,
                    Constants.FRAMEWORK_BUNDLE_PARENT_APP,
                    Constants.FRAMEWORK_BOOTDELEGATION,
                    "io.agents.registry.*,org.osgi.service.cm,org.osgi.service.component.runtime,"
                        + "org.osgi.service.component.runtime.dto,org.osgi.util.promise,"
                        + "org.osgi.util.function",
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    EXPORTS,
                    "io.agents.node.name",
                    "node-1",
                    "felix.log.level",
                    "1"));
    framework.init();
    context()
        .registerService(
            SynchronousConfigurationListener.class,
            event -> updates.add(type(event) + event.getPid()),
            null);
    early.run();
    List<Bundle> installed = new ArrayList<>();
    for (String location : locations()) {
      installed.add(context().installBundle(location));
    }
    for (Bundle bundle : installed) {
      bundle.start();
    }
    framework.start();
  }

  private static String type(ConfigurationEvent event) {
    return event.getType() == ConfigurationEvent.CM_DELETED ? "deleted " : "updated ";
  }

  private static List<String> locations() {
    String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    Stream<String> jars =
        BUNDLES.stream()
            .map(
                name ->
                    Arrays.stream(path)
                        .filter(entry -> new File(entry).getName().startsWith(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(name + " is missing")))
            .map(entry -> "reference:" + new File(entry).toURI());
    return Stream.concat(jars, Stream.of("reference:" + ownClasses())).toList();
  }

  /** The folder with the classes and the manifest of this module. */
  private static URI ownClasses() {
    try {
      return FlagsComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Bundle flagsBundle() {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> "io.agents.registry.flags".equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  /** Installs and starts a bundle with nothing in it. */
  Bundle emptyBundle() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "empty");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    Bundle bundle =
        context().installBundle("memory:empty", new ByteArrayInputStream(bytes.toByteArray()));
    bundle.start();
    return bundle;
  }

  <T> T service(Class<T> type) {
    ServiceReference<T> reference =
        await("service " + type.getName())
            .until(() -> context().getServiceReference(type), found -> found != null);
    return context().getService(reference);
  }

  <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, ?> properties) {
    return context().registerService(type, service, FrameworkUtil.asDictionary(properties));
  }

  /** Registers a backend that does nothing. */
  ServiceRegistration<?> backend(String name) {
    return register(
        RegistryBackend.class,
        mock(RegistryBackend.class),
        Map.of(RegistryBackend.IMPLEMENTATION, name));
  }

  Configuration configuration(String pid) throws Exception {
    return service(ConfigurationAdmin.class).getConfiguration(pid, "?");
  }

  Object configured(String pid, String key) throws Exception {
    return new PidConfiguration(service(ConfigurationAdmin.class), pid).read().get(key);
  }

  void configure(String pid, Map<String, ?> values) throws Exception {
    configuration(pid).update(FrameworkUtil.asDictionary(values));
  }

  /** What happened to configurations since this was last asked, in order. */
  List<String> updatesOf(String pid) {
    List<String> found = updates.stream().filter(update -> update.endsWith(" " + pid)).toList();
    updates.clear();
    return found;
  }

  void stop() throws Exception {
    framework.stop();
    if (framework.waitForStop(TimeUnit.SECONDS.toMillis(30)).getType()
        == FrameworkEvent.WAIT_TIMEDOUT) {
      throw new IllegalStateException("the framework does not stop");
    }
  }
}

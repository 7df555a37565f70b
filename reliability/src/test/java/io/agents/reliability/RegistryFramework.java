package io.agents.reliability;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.Rollout;
import io.agents.registry.testkit.BundleOwners;
import io.agents.registry.testkit.reliability.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A framework of its own with the registry in it, made of the bundles that the build has packaged:
 *
 * <pre>
 * try (RegistryFramework felix = RegistryFramework.start()) {
 *   AgentRegistry registry = felix.registry(felix.owners().newBundle());
 *   felix.choose("ets");
 *   felix.awaitImplementation("ets");
 *   felix.bundle("registry.legacy").stop();
 * }
 * </pre>
 *
 * <p>The packages that tests call (the API, the flags, ConfigurationAdmin, the log) are loaded from
 * the class path of the test by everybody; all else comes from the bundles.
 */
final class RegistryFramework implements AutoCloseable {

  /** How long something may take that is expected to happen. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final String CORE_PID = "io.agents.registry.core";

  private static final String SHARED =
      "io.agents.registry.api,io.agents.registry.spi,io.agents.registry.flags,"
          + "org.osgi.service.cm,org.osgi.service.log";

  private static final List<String> PLATFORM =
      List.of(
          "pax-logging-api",
          "pax-logging-log4j2",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr");

  /** Our bundles, in the order in which they are started. */
  static final List<String> OURS =
      List.of("registry.api", "registry.legacy", "registry.ets", "registry.core", "registry.flags");

  /** The commands, and what they need. */
  static final List<String> SHELL =
      List.of("org.apache.felix.gogo.runtime", "gson", "registry.shell");

  /** The commands, and the example to try them with. */
  static final List<String> CONSOLE =
      Stream.concat(SHELL.stream(), Stream.of("examples.fleet")).toList();

  private static final String OF_THE_TESTS = SHARED + ",com.code_intelligence.jazzer.*";

  private final Path folder;
  private final Framework framework;
  private final Map<String, Bundle> bundles = new HashMap<>();
  private final BundleOwners owners;
  private final LoggedProblems problems;

  private RegistryFramework(List<String> names, String shared) throws IOException, BundleException {
    folder = Files.createTempDirectory("registry-framework");
    framework = new FrameworkFactory().newFramework(configuration(shared));
    framework.start();
    for (String name : names) {
      bundles.put(
          name, context().installBundle(BundleFiles.of(name).toAbsolutePath().toUri().toString()));
    }
    for (String name : names) {
      bundles.get(name).start();
    }
    owners = new BundleOwners(context());
    problems = shared.equals(OF_THE_TESTS) ? new LoggedProblems(context()) : null;
  }

  private Map<String, String> configuration(String shared) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_APP);
    configuration.put(Constants.FRAMEWORK_BOOTDELEGATION, shared);
    configuration.put("felix.bootdelegation.implicit", "" + shared.equals(OF_THE_TESTS));
    configuration.put("felix.log.level", "1");
    // File Install, where a test installs it, finds nothing by itself; it is called by the test.
    configuration.put("felix.fileinstall.dir", folder.resolve("none").toString());
    configuration.put("felix.fileinstall.filter", "none");
    configuration.put("felix.fileinstall.poll", "1000");
    configuration.put("felix.fileinstall.log.level", "0");
    configuration.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    // Where there is a reader the last entries are kept for it, with exceptions, and an exception
    // keeps
    // the classes of its stack.
    configuration.put("org.ops4j.pax.logging.logReaderEnabled", "" + shared.equals(OF_THE_TESTS));
    configuration.put(
        "org.ops4j.pax.logging.property.file",
        Path.of("src/test/resources/logging.properties").toAbsolutePath().toString());
    return configuration;
  }

  /** Starts everything, the flags too: they then choose the implementation. */
  static RegistryFramework start() throws IOException, BundleException {
    return startWith(List.of());
  }

  /** Starts everything, and more bundles after it. */
  static RegistryFramework startWith(List<String> more) throws IOException, BundleException {
    return new RegistryFramework(
        Stream.of(PLATFORM, OURS, more).flatMap(List::stream).toList(), OF_THE_TESTS);
  }

  /**
   * Starts everything, the console and the example too, and shares no package with the test: every
   * bundle has its classes from bundles, as it is where it is used. Services are reached by
   * reflection.
   */
  static RegistryFramework startApart() throws IOException, BundleException {
    return new RegistryFramework(
        Stream.of(PLATFORM, OURS, CONSOLE).flatMap(List::stream).toList(), "none");
  }

  /** Starts everything but the flags, so that tests write the target filter themselves. */
  static RegistryFramework startWithoutFlags() throws IOException, BundleException {
    return new RegistryFramework(
        Stream.concat(PLATFORM.stream(), OURS.stream())
            .filter(name -> !name.equals("registry.flags"))
            .toList(),
        OF_THE_TESTS);
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Bundles with services, for agents. */
  BundleOwners owners() {
    return owners;
  }

  LoggedProblems problems() {
    return problems;
  }

  /** An installed bundle, by its artifact. */
  Bundle bundle(String name) {
    return bundles.get(name);
  }

  /** The registry as a bundle sees it. */
  AgentRegistry registry(Bundle caller) {
    return service(caller.getBundleContext(), AgentRegistry.class);
  }

  RegistryAdmin admin() {
    return service(RegistryAdmin.class);
  }

  <T> T service(Class<T> type) {
    return service(context(), type);
  }

  private static <T> T service(BundleContext context, Class<T> type) {
    return await(() -> "a service " + type.getName())
        .until(() -> find(context, type), Optional::isPresent)
        .orElseThrow();
  }

  /** A service, if it is there at this moment. */
  <T> Optional<T> find(Class<T> type) {
    return find(context(), type);
  }

  private static <T> Optional<T> find(BundleContext context, Class<T> type) {
    try {
      // All: the package of a shared class has no wire, by which a framework would compare.
      ServiceReference<?>[] all = context.getAllServiceReferences(type.getName(), null);
      return Optional.ofNullable(all).map(some -> type.cast(context.getService(some[0])));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the target filter for an implementation; does not wait. */
  void choose(String implementation) throws IOException {
    configure(CORE_PID, "backend.target", "(registry.implementation=" + implementation + ")");
  }

  void configure(String pid, String key, Object value) throws IOException {
    Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
    Map<String, Object> properties = new HashMap<>();
    if (configuration.getProperties() != null) {
      properties.putAll(FrameworkUtil.asMap(configuration.getProperties()));
    }
    properties.put(key, value);
    configuration.update(FrameworkUtil.asDictionary(properties));
  }

  void awaitImplementation(String implementation) {
    await(
            () ->
                "the implementation "
                    + implementation
                    + "; status is "
                    + admin().status()
                    + rolloutStatus())
        .until(
            () ->
                admin().status().implementation().equals(implementation)
                    && !admin().status().swapUnderWay());
  }

  /** What the flags make of it; empty text without them. */
  private String rolloutStatus() {
    ServiceReference<Rollout> rollout = context().getServiceReference(Rollout.class);
    return rollout == null ? "" : ", " + context().getService(rollout).status();
  }

  /** The state of each bundle, and what services it has. */
  String describe() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(bundles)
        .forEach(
            (name, bundle) ->
                text.append("\n  ")
                    .append(name)
                    .append(bundle.getState() == Bundle.ACTIVE ? " active " : " NOT ACTIVE ")
                    .append(Arrays.toString(bundle.getRegisteredServices())));
    return text.toString();
  }

  /** The number of the latest swap, 0 if there was none. */
  long swaps() {
    List<SwapReport> swaps = admin().swaps();
    return swaps.isEmpty() ? 0 : swaps.get(swaps.size() - 1).number();
  }

  /** Writes the filter for an implementation and waits until there was one more swap. */
  SwapReport swapTo(String implementation) throws IOException {
    long before = swaps();
    choose(implementation);
    await(() -> "a swap to " + implementation + "; status is " + admin().status())
        .until(() -> swaps() > before);
    List<SwapReport> swaps = admin().swaps();
    return swaps.get(swaps.size() - 1);
  }

  /** Refreshes what uses a bundle as it was before an update, and waits for the end of it. */
  void refreshUpdated() throws InterruptedException {
    refresh((Collection<Bundle>) null);
  }

  /** Refreshes a bundle and waits for the end of it. */
  void refresh(Bundle bundle) throws InterruptedException {
    refresh(List.of(bundle));
  }

  private void refresh(Collection<Bundle> some) throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            some,
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    if (!refreshed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the framework does not refresh " + some);
    }
  }

  static ConditionFactory await(Supplier<String> what) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .pollDelay(Duration.ZERO)
        .conditionEvaluationListener(new Missing(what));
  }

  @Override
  public void close() throws IOException, BundleException {
    framework.stop();
    try {
      if (framework.waitForStop(PATIENCE.toMillis()).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        throw new IllegalStateException("the framework does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the framework stops", e);
    }
    List<Path> left = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(left::add);
    }
    for (Path path : left) {
      Files.delete(path);
    }
  }
}

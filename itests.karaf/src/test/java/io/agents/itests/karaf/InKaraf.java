package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.FeatureFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The registry as an application bundle in Karaf sees it; made once it is installed. */
final class InKaraf implements AutoCloseable {

  private final ServiceTracker<AgentRegistry, AgentRegistry> registry;
  private final ServiceTracker<RegistryAdmin, RegistryAdmin> admin;
  private final ServiceTracker<FeatureFlags, FeatureFlags> flags;

  InKaraf(BundleContext context) {
    registry = open(context, AgentRegistry.class);
    admin = open(context, RegistryAdmin.class);
    flags = open(context, FeatureFlags.class);
  }

  private static <T> ServiceTracker<T, T> open(BundleContext context, Class<T> type) {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    return tracker;
  }

  AgentRegistry registry() {
    return service(registry, AgentRegistry.class);
  }

  RegistryAdmin admin() {
    return service(admin, RegistryAdmin.class);
  }

  FeatureFlags flags() {
    return service(flags, FeatureFlags.class);
  }

  private static <T> T service(ServiceTracker<T, T> tracker, Class<T> type) {
    try {
      T service = tracker.waitForService(Duration.ofSeconds(20).toMillis());
      assertThat(service).as("a service " + type.getName()).isNotNull();
      return service;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for the implementation, with nothing awaited and no swap under way. */
  void awaitImplementation(String name) {
    try {
      KarafContainer.await(() -> "the implementation " + name)
          .until(
              () ->
                  admin().status().implementation().equals(name)
                      && !admin().status().swapUnderWay()
                      && admin().status().isHealthy());
    } catch (ConditionTimeoutException e) {
      // Thrown without its cause: Pax Exam shows the innermost one alone.
      throw new AssertionError(
          "no "
              + name
              + "; the status is "
              + admin().status()
              + ", the exchanges are "
              + admin().swaps()
              + ", the log says "
              + logged());
    }
  }

  /** The latest lines of the log that concern the registry, or are warnings. */
  static String logged() {
    Path log = Path.of(System.getProperty("karaf.log", "data/log"), "karaf.log");
    try (Stream<String> lines = Files.lines(log)) {
      List<String> ours =
          lines
              .filter(line -> line.matches(".*(WARN|ERROR|io\\.agents|Exception|\\tat ).*"))
              .toList();
      return String.join("\n", ours.subList(Math.max(0, ours.size() - 80), ours.size()));
    } catch (IOException e) {
      return "nothing: " + e;
    }
  }

  void switchTo(String implementation) {
    if (implementation.equals("ets")) {
      flags().enable(FeatureFlags.USE_ETS, "test");
    } else {
      flags().disable(FeatureFlags.USE_ETS, "test");
    }
    awaitImplementation(implementation);
  }

  List<String> ids() {
    return registry().agents().stream().map(Agent::id).sorted().toList();
  }

  List<String> idsOf(String filter) {
    return registry().query(registry().parseQuery(filter)).stream()
        .map(Agent::id)
        .sorted()
        .toList();
  }

  /** The symbolic name of the owner's bundle, by id. */
  Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    for (Agent agent : registry().agents()) {
      owners.put(agent.id(), agent.owner().getSymbolicName());
    }
    return owners;
  }

  @Override
  public void close() {
    registry.close();
    admin.close();
    flags.close();
  }
}

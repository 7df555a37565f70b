package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The whole framework is stopped and started again. The test stays outside of it, and so speaks to
 * the services by their methods' names.
 */
public class RestartIT {

  private static final List<String> BUNDLES =
      List.of(
          "pax-logging-api",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr",
          "registry.api",
          "registry.core",
          "registry.legacy",
          "registry.ets",
          "registry.flags",
          "examples.fleet");

  private Path storage;
  private Framework framework;

  @Before
  public void startEmpty() throws Exception {
    storage = Files.createTempDirectory("restart");
    start();
    for (String name : BUNDLES) {
      framework
          .getBundleContext()
          .installBundle(new File("target/bundles/" + name + ".jar").toURI().toString());
    }
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      bundle.start();
    }
  }

  @After
  public void stopAndDelete() throws Exception {
    stop();
    try (Stream<Path> all = Files.walk(storage)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** F1: after a restart the flag is as it was left, and the registry is served as it says. */
  @Test
  public void theFlagIsAsItWasLeft() throws Exception {
    awaitStatus("implementation=legacy", "agents=8,");
    setFlag("enable");
    awaitStatus("implementation=ets", "agents=8,");

    restart();
    awaitStatus("implementation=ets", "agents=8,");
    setFlag("disable");
    awaitStatus("implementation=legacy", "agents=8,");

    restart();
    awaitStatus("implementation=legacy", "agents=8,");
  }

  private void setFlag(String method) throws Exception {
    call("io.agents.registry.flags.FeatureFlags", method, "use_ets_agent_registry", "restart test");
  }

  private void awaitStatus(String... parts) {
    Awaitility.await(String.join(" and ", parts))
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(status()).contains(parts));
  }

  private String status() throws Exception {
    return String.valueOf(call("io.agents.registry.api.RegistryAdmin", "status"));
  }

  /** Calls a method of a service whose type this test can't see. */
  private Object call(String type, String method, Object... arguments) throws Exception {
    BundleContext context = framework.getBundleContext();
    ServiceReference<?>[] references = context.getAllServiceReferences(type, null);
    assertThat(references).as("services %s", type).hasSize(1);
    Object service = context.getService(references[0]);
    Class<?> contract = references[0].getBundle().loadClass(type);
    Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
    return contract.getMethod(method, types).invoke(service, arguments);
  }

  private void restart() throws Exception {
    stop();
    start();
  }

  private void start() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    // So that the bundles have their own packages, not those of the test.
                    Constants.FRAMEWORK_BUNDLE_PARENT,
                    Constants.FRAMEWORK_BUNDLE_PARENT_BOOT,
                    "org.ops4j.pax.logging.DefaultServiceLog.level",
                    "WARN"));
    framework.start();
  }

  private void stop() throws Exception {
    framework.stop();
    assertThat(framework.waitForStop(TimeUnit.SECONDS.toMillis(30)).getType())
        .as("how the framework stopped")
        .isEqualTo(FrameworkEvent.STOPPED);
  }
}

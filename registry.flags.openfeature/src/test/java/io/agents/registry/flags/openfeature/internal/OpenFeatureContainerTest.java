package io.agents.registry.flags.openfeature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.flags.FeatureFlags;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The bundle in Felix, with the SDK that is in it. Its classes are not those of the test, which
 * therefore calls them by name: F2.8, F2.9.
 */
class OpenFeatureContainerTest {

  private static final String SDK = "dev.openfeature.sdk";
  private static final String FLAG = FeatureFlags.USE_ETS;

  private static final List<String> PLATFORM =
      List.of(
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component-",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr");

  private static final String SHARED =
      "org.slf4j;version=1.7.36,org.slf4j.event;version=1.7.36,org.slf4j.spi;version=1.7.36,org.osgi.service.cm;version=1.6.1";

  @TempDir Path storage;
  private Framework framework;
  private Bundle bundle;

  @BeforeEach
  void start() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    SHARED,
                    FeatureFlags.NODE_NAME_PROPERTY,
                    "node-1",
                    "felix.log.level",
                    "1"));
    framework.start();
    List<Bundle> installed = new ArrayList<>();
    for (String name : PLATFORM) {
      installed.add(install(jar(name).toURI().toString()));
    }
    installed.add(install(location(AgentRegistry.class)));
    installed.add(install(location(FeatureFlags.class)));
    bundle = install(location(FlagsProvider.class));
    installed.add(bundle);
    for (Bundle each : installed) {
      each.start();
    }
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    FrameworkEvent stopped = framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    assertThat(stopped.getType()).isNotEqualTo(FrameworkEvent.WAIT_TIMEDOUT);
  }

  private Bundle install(String location) throws Exception {
    return framework.getBundleContext().installBundle("reference:" + location);
  }

  private static File jar(String name) {
    String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(path)
        .map(File::new)
        .filter(file -> file.getName().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is missing"));
  }

  private static String location(Class<?> type) throws Exception {
    return type.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
  }

  private void configure(String pid, Map<String, ?> values) throws Exception {
    ServiceReference<ConfigurationAdmin> admin =
        framework.getBundleContext().getServiceReference(ConfigurationAdmin.class);
    framework
        .getBundleContext()
        .getService(admin)
        .getConfiguration(pid, "?")
        .update(FrameworkUtil.asDictionary(values));
  }

  /** Calls a public method of a class that the test does not share with the bundle. */
  private static Object call(Class<?> type, Object target, String method, Object... arguments)
      throws Exception {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals(method) && !m.isBridge())
        .filter(m -> fits(m.getParameterTypes(), arguments))
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(method))
        .invoke(target, arguments);
  }

  private static boolean fits(Class<?>[] types, Object... arguments) {
    boolean fits = types.length == arguments.length;
    for (int i = 0; fits && i < types.length; i++) {
      fits = types[i].isInstance(arguments[i]);
    }
    return fits;
  }

  private Object api() throws Exception {
    return call(bundle.loadClass(SDK + ".OpenFeatureAPI"), null, "getInstance");
  }

  private boolean evaluate(String domain) throws Exception {
    Object api = api();
    Object client = call(api.getClass(), api, "getClient", domain);
    Class<?> features = bundle.loadClass(SDK + ".Features");
    return (boolean) call(features, client, "getBooleanValue", FLAG, false);
  }

  private Object inMemory(boolean on) throws Exception {
    Class<?> flagType = bundle.loadClass(SDK + ".providers.memory.Flag");
    Object builder = call(flagType, null, "builder");
    call(builder.getClass(), builder, "variant", "it", on);
    call(builder.getClass(), builder, "defaultVariant", "it");
    Object flag = call(builder.getClass(), builder, "build");
    return bundle
        .loadClass(SDK + ".providers.memory.InMemoryProvider")
        .getConstructor(Map.class)
        .newInstance(Map.of(FLAG, flag));
  }

  @Test
  void theBundleOffersTheSdkWithItsVersionAndRequiresNoBundle() {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    assertThat(revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE))
        .extracting(it -> it.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE))
        .contains(SDK, SDK + ".providers.memory", SDK + ".exceptions")
        .allSatisfy(name -> assertThat((String) name).startsWith(SDK));
    assertThat(revision.getDeclaredRequirements(BundleRevision.BUNDLE_NAMESPACE)).isEmpty();
    assertThat(bundle.adapt(BundleWiring.class)).as("resolved").isNotNull();
    assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void codeThatSpeaksOpenFeatureReadsTheFlags() throws Exception {
    await("the flags as provider").until(() -> !evaluate("io.agents.registry"));
    configure(FeatureFlags.PID, Map.of(FLAG, "on for node-*"));
    await("on in the domain").until(() -> evaluate("io.agents.registry"));
    await("on by default").until(() -> evaluate("anything"));
    configure(FeatureFlags.PID, Map.of(FLAG, "on for node-2"));
    await("off").until(() -> !evaluate("io.agents.registry"));
  }

  @Test
  void anyProviderMayDecideTheRegistrysFlag() throws Exception {
    Object api = api();
    call(api.getClass(), api, "setProviderAndWait", inMemory(true));
    assertThat(evaluate("io.agents.registry")).as("nobody asks it yet").isFalse();
    configure(FeatureFlags.NODE_PID, Map.of(FeatureFlags.FLAG_SOURCE, "openfeature"));
    await("its answer").until(() -> evaluate("io.agents.registry"));

    call(api.getClass(), api, "setProviderAndWait", inMemory(false));
    await("its new answer").until(() -> !evaluate("io.agents.registry"));
    call(api.getClass(), api, "setProviderAndWait", inMemory(true));
    await("and back").until(() -> evaluate("io.agents.registry"));

    configure(FeatureFlags.PID, Map.of(FLAG, "off"));
    await("what is set here wins").until(() -> !evaluate("io.agents.registry"));
  }

  @Test
  void theFlagsLeaveOpenFeatureWithTheirBundle() throws Exception {
    configure(FeatureFlags.PID, Map.of(FLAG, "on"));
    await("on").until(() -> evaluate("io.agents.registry"));
    bundle.stop();
    assertThat(
            framework
                .getBundleContext()
                .getServiceReference("io.agents.registry.flags.ExternalFlags"))
        .isNull();
    bundle.start();
    await("on again").until(() -> evaluate("io.agents.registry"));
  }
}

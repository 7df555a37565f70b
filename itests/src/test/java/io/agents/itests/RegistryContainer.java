package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Missing;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A test inside a Felix of its own, one for each method; subclasses say what is in it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public abstract class RegistryContainer {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject protected BundleContext context;
  @Inject protected ConfigurationAdmin configurations;
  @Inject protected AgentRegistry registry;
  @Inject protected RegistryAdmin admin;

  protected Owners owners;
  protected LoggedWarnings warnings;

  @Before
  public void prepareOwners() {
    warnings = new LoggedWarnings(context);
    owners = new Owners(context);
  }

  @After
  public void nothingUnexpectedWasLogged() {
    warnings.checkNoOther();
  }

  /** A service, looked up as the test's own bundle. */
  protected <T> T service(Class<T> type) {
    await(() -> "a service " + type.getName())
        .atMost(PATIENCE)
        .until(() -> context.getServiceReference(type) != null);
    return context.getService(context.getServiceReference(type));
  }

  protected FeatureFlags flags() {
    return service(FeatureFlags.class);
  }

  protected void switchTo(String implementation) {
    if (implementation.equals(RegistryBackend.ETS)) {
      flags().enable(FeatureFlags.USE_ETS, "test");
    } else {
      flags().disable(FeatureFlags.USE_ETS, "test");
    }
    awaitImplementation(implementation);
  }

  protected void awaitImplementation(String implementation) {
    await(() -> "the implementation " + implementation + "; status is " + admin.status())
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(admin.status().implementation()).isEqualTo(implementation);
              assertThat(admin.status().swapUnderWay()).isFalse();
            });
  }

  protected static ConditionFactory await(Supplier<String> what) {
    return Awaitility.await()
        .conditionEvaluationListener(new Missing(what))
        .pollInterval(Duration.ofMillis(10));
  }

  protected Bundle bundle(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
  }

  protected Bundle backendBundle(String implementation) {
    return bundle("io.agents.registry." + implementation);
  }

  /**
   * Installs the bundle again from where it came from, as an operator does with an uninstalled one.
   */
  protected void reinstall(String location) throws Exception {
    context.installBundle(location).start();
  }

  protected void refresh(Bundle bundle) throws Exception {
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    assertThat(refreshed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the framework has refreshed " + bundle)
        .isTrue();
  }

  protected void configure(String pid, String key, Object value) throws Exception {
    Configuration configuration = configurations.getConfiguration(pid, "?");
    Map<String, Object> properties = new HashMap<>();
    if (configuration.getProperties() != null) {
      properties.putAll(FrameworkUtil.asMap(configuration.getProperties()));
    }
    properties.put(key, value);
    configuration.update(FrameworkUtil.asDictionary(properties));
  }

  /**
   * What must not change when the implementation does: id, registration, revision, metadata, owner.
   */
  protected Map<String, List<Object>> content() {
    Map<String, List<Object>> content = new TreeMap<>();
    for (Agent agent : registry.agents()) {
      List<Object> former =
          content.put(
              agent.id(),
              List.of(
                  agent.registration(),
                  agent.revision(),
                  agent.metadata(),
                  agent.owner().getBundleId(),
                  agent.registeredAtMillis()));
      assertThat(former).as("another agent with the id " + agent.id()).isNull();
    }
    return content;
  }
}

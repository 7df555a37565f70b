package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Traffic;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * R11, R18: every bundle of ours is updated to a higher version, one after the other, while an
 * application registers and looks up agents.
 */
@DisplayName("R11, R18 An upgrade, bundle by bundle")
class UpgradeTest {

  /** Of whose update no application takes notice. */
  private static final List<String> UNNOTICED =
      List.of(
          "registry.ets", "registry.legacy", "registry.flags", "registry.shell", "examples.fleet");

  private static final List<String> IMPLEMENTATIONS =
      List.of(RegistryBackend.LEGACY, RegistryBackend.ETS);

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private int version;

  private void upgrade(RegistryFramework felix, String name) throws Exception {
    update(felix, name);
    felix.refresh(felix.bundle(name));
  }

  private void update(RegistryFramework felix, String name) throws Exception {
    Bundle bundle = felix.bundle(name);
    Version before = bundle.getVersion();
    try (InputStream next = BundleFiles.raised(name, ++version)) {
      Deadline.within(LIMIT, "the upgrade of " + name, () -> bundle.update(next));
    }
    assertThat(bundle.getVersion()).as("the version of %s", name).isGreaterThan(before);
    assertThat(bundle.getState()).as("the state of %s", name).isEqualTo(Bundle.ACTIVE);
  }

  private static void choose(RegistryFramework felix, String implementation) {
    if (implementation.equals(RegistryBackend.ETS)) {
      felix.service(FeatureFlags.class).enable(FeatureFlags.USE_ETS, "upgrade");
    } else {
      felix.service(FeatureFlags.class).disable(FeatureFlags.USE_ETS, "upgrade");
    }
    felix.awaitImplementation(implementation);
  }

  @Test
  @DisplayName("of all but the core and the API: no call fails and nothing is lost")
  void ofAllButTheCore() throws Exception {
    try (RegistryFramework felix = RegistryFramework.startWith(RegistryFramework.CONSOLE)) {
      Bundle application = felix.owners().newBundle();
      ServiceReference<?> service = felix.owners().newService(application);
      AgentRegistry registry = felix.registry(application);
      try (Traffic traffic = new Traffic(registry, service, Traffic.Load.of(2, 2))) {
        for (String active : IMPLEMENTATIONS) {
          choose(felix, active);
          for (String name : UNNOTICED) {
            upgrade(felix, name);
            traffic.awaitCalls(500);
          }
          felix.awaitImplementation(active);
        }
        traffic.stopAndCheck();
        Figures.report(
            "upgrade",
            "%d bundles beside %d reads and %d writes; no call failed, nothing was lost"
                .formatted(version, traffic.reads(), traffic.writes()));
      }
      assertThat(felix.problems().without("is wanted and not there", "is not there yet")).isEmpty();
    }
  }

  @Test
  @DisplayName("of the core: its successor has every agent before its service is there")
  void ofTheCore() throws Exception {
    try (RegistryFramework felix = RegistryFramework.start()) {
      Bundle application = felix.owners().newBundle();
      ServiceReference<?> service = felix.owners().newService(application);
      felix.owners().newService(application, Map.of("agent.id", "published", "agent.n", 1));
      Map<String, Agent> accepted = new TreeMap<>();
      long longest = 0;
      for (int round = 0; round < 10; round++) {
        choose(felix, IMPLEMENTATIONS.get(round % 2));
        for (int i = 0; i < 1_000; i++) {
          String id = "called-" + round + "-" + i;
          accepted.put(
              id,
              felix
                  .registry(application)
                  .register(id, service, Map.of("round", round, "node", "here"))
                  .agent()
                  .orElseThrow());
        }
        long begin = System.nanoTime();
        upgrade(felix, "registry.core");
        AgentRegistry successor = felix.registry(application);
        longest = Math.max(longest, System.nanoTime() - begin);
        assertThat(successor.lookup("published")).isPresent();
        assertThat(successor.count()).as("agents of the successor").isEqualTo(accepted.size() + 1);
        for (Agent agent : accepted.values()) {
          assertThat(successor.lookup(agent.id())).contains(agent);
        }
        felix.awaitImplementation(IMPLEMENTATIONS.get(round % 2));
        assertThat(successor.findByAttribute("node", "here")).hasSize(accepted.size());
      }
      Figures.report(
          "upgrade of the core",
          "%d times with up to %d agents, all of them there again; without the service for %d ms at most"
              .formatted(10, accepted.size(), TimeUnit.NANOSECONDS.toMillis(longest)));
      felix.owners().stop(application);
      assertThat(felix.admin().count()).isZero();
      assertThat(felix.problems().without("is wanted and not there", "is not there yet")).isEmpty();
    }
  }

  @Test
  @DisplayName("of the API: whoever uses it is restarted, and registers again")
  void ofTheApi() throws Exception {
    try (RegistryFramework felix = RegistryFramework.startApart()) {
      Gogo gogo = new Gogo(felix.context());
      for (int round = 0; round < 3; round++) {
        upgrade(felix, "registry.api");
        RegistryFramework.await(() -> "the agents of the example; there are " + felix.describe())
            .ignoreExceptions()
            .until(() -> gogo.run("registry:list '(capability=*)'").contains("summariser-1"));
        assertThat(gogo.run("registry:status --json")).contains("\"agents\":8");
      }
    }
  }

  @Test
  @DisplayName("without a refresh: who was there before works with what was updated")
  void withoutARefresh() throws Exception {
    try (RegistryFramework felix = RegistryFramework.startApart()) {
      Gogo gogo = new Gogo(felix.context());
      String implementation = RegistryBackend.LEGACY;
      // The users of the packages of the first two, the shell among them, stay wired to what those
      // were before.
      for (String name :
          List.of(
              "registry.api",
              "registry.flags",
              "registry.ets",
              "registry.legacy",
              "registry.core")) {
        update(felix, name);
        implementation =
            implementation.equals(RegistryBackend.ETS)
                ? RegistryBackend.LEGACY
                : RegistryBackend.ETS;
        String verb = implementation.equals(RegistryBackend.ETS) ? "enable" : "disable";
        String flip = "flags:" + verb + " " + FeatureFlags.USE_ETS;
        String expected = "the implementation is " + implementation;
        RegistryFramework.await(() -> "a flip after the update of " + name + felix.describe())
            .ignoreExceptions()
            .until(() -> gogo.run(flip).contains(expected));
        RegistryFramework.await(() -> "all agents after the update of " + name + felix.describe())
            .ignoreExceptions()
            .until(() -> gogo.run("registry:status --json").contains("\"agents\":8"));
      }
    }
  }
}

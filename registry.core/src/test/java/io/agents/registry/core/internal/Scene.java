package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.core.internal.Settings.Mirroring;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.RecordingListener;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A registry between two backends, one that monitors owners and one that does not, and a bundle
 * with a service.
 */
final class Scene implements AutoCloseable {

  final TestBackend legacy = TestBackend.plain();
  final TestBackend ets = TestBackend.thatMonitors();
  final NamedBackend legacyNamed = legacy.named("legacy");
  final NamedBackend etsNamed = ets.named("ets");
  final FakeOwners owners = new FakeOwners(ets::going);
  final RegistryCore core = new RegistryCore(Settings.DEFAULT);
  final Bundle bundle = owners.newBundle();
  final ServiceReference<?> service = owners.newService(bundle);
  int comparisonBasisPoints;
  int comparisonsPerSecond = 1_000_000;
  int timeoutMillis = 60_000;
  final AgentRegistry registry = core.registryFor(bundle);

  /** With {@code legacy} active and both backends there. */
  static Scene onLegacy() {
    Scene scene = new Scene();
    scene.core.backends().appeared(scene.legacyNamed);
    scene.core.backends().appeared(scene.etsNamed);
    scene.toLegacy();
    return scene;
  }

  /** With {@code ets} active and both backends there. */
  static Scene onEts() {
    Scene scene = onLegacy();
    scene.toEts();
    return scene;
  }

  /** As one configuration would: a target filter, and a mirror. */
  void configure(String target, String mirror) {
    core.settings(
        Settings.DEFAULT.with(
            new Mirroring(mirror, comparisonBasisPoints, comparisonsPerSecond, timeoutMillis),
            true));
    core.backends().configured("(registry.implementation=" + target + ")", mirror);
  }

  SwapReport toEts() {
    core.backends().wanted(etsNamed);
    core.backends().unwanted(legacy);
    return lastSwap();
  }

  SwapReport toLegacy() {
    core.backends().wanted(legacyNamed);
    core.backends().unwanted(ets);
    return lastSwap();
  }

  SwapReport lastSwap() {
    List<SwapReport> swaps = core.swaps();
    return swaps.get(swaps.size() - 1);
  }

  Agent register(String id) {
    return registry
        .register(id, service, Map.of("capability", "translation"))
        .agent()
        .orElseThrow();
  }

  void registerMany(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      register(prefix + i);
    }
  }

  Agent agent(String id) {
    return registry.lookup(id).orElse(null);
  }

  String active() {
    return core.status().implementation();
  }

  RecordingListener listen() {
    RecordingListener listener = new RecordingListener();
    core.listeners().add(listener, "a test", listener, null);
    listener.awaitPresent();
    return listener;
  }

  MirrorStatus mirror() {
    return core.status().mirror();
  }

  /** Every way to read agrees that exactly these agents are there. */
  void assertHolds(List<Agent> agents) {
    assertThat(registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
    assertThat(registry.count()).isEqualTo(agents.size());
    for (Agent agent : agents) {
      assertThat(agent(agent.id())).isEqualTo(agent);
    }
  }

  @Override
  public void close() {
    core.close();
  }
}

package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** B4.12 to B4.14: what is monitored, and owners that go in the middle of something. */
final class BackendMonitoringRules {

  private static final int MANY = 10_000;
  private static final int RACES = 500;

  private BackendMonitoringRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B4.12",
            "monitoring counts services with agents and their bundles",
            BackendMonitoringRules::counts),
        new RuleCheck<>(
            "B4.13",
            "the monitor goes with the last agent of a service",
            BackendMonitoringRules::dropsMonitors),
        new RuleCheck<>(
            "B4.13",
            "10,000 registrations and their ends leave no monitor",
            BackendMonitoringRules::leavesNothing),
        new RuleCheck<>(
            "B4.14",
            "an agent stored while its service is going does not stay",
            BackendMonitoringRules::justGoing),
        new RuleCheck<>(
            "B4.14",
            "an agent that replaces another while its service is going does not stay",
            BackendMonitoringRules::justGoingReplace),
        new RuleCheck<>(
            "B4.14",
            "an agent stored in a race with its service's going does not stay",
            BackendMonitoringRules::races));
  }

  private static void counts(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    ServiceReference<?> one = owners.newService(bundle);
    backend.putIfAbsent(fixtures.agent("a", one, Map.of()));
    assertThat(backend.monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
    backend.putIfAbsent(fixtures.agent("b", one, Map.of()));
    assertThat(backend.monitoring())
        .as("two agents of one service")
        .isEqualTo(new OwnerMonitoring(1, 1));
    backend.putIfAbsent(fixtures.agent("c", owners.newService(bundle), Map.of()));
    assertThat(backend.monitoring())
        .as("two services of one bundle")
        .isEqualTo(new OwnerMonitoring(2, 1));
    backend.putIfAbsent(fixtures.agent("d", Map.of()));
    assertThat(backend.monitoring()).as("another bundle").isEqualTo(new OwnerMonitoring(3, 2));
    backend.putIfAbsent(fixtures.agent("d", Map.of()));
    assertThat(backend.monitoring()).as("a refused agent").isEqualTo(new OwnerMonitoring(3, 2));
    owners.newService();
    assertThat(backend.monitoring())
        .as("a service without agents")
        .isEqualTo(new OwnerMonitoring(3, 2));
  }

  private static void dropsMonitors(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    List<Agent> agents = fixtures.agents("a", 2, Map.of());
    agents.forEach(backend::putIfAbsent);
    backend.remove(agents.get(0));
    assertThat(backend.monitoring()).as("one agent left").isEqualTo(new OwnerMonitoring(1, 1));
    Agent updated = Fixtures.updated(agents.get(1), Fixtures.TRANSLATOR);
    backend.replace(agents.get(1), updated);
    assertThat(backend.monitoring()).as("after an update").isEqualTo(new OwnerMonitoring(1, 1));
    Agent moved = fixtures.agent(updated.id());
    backend.replace(updated, moved);
    assertThat(backend.monitoring())
        .as("moved to another service")
        .isEqualTo(new OwnerMonitoring(1, 1));
    backend.remove(moved);
    assertThat(backend.monitoring()).as("nobody left").isEqualTo(OwnerMonitoring.NONE);
    backend.putIfAbsent(updated);
    tested.owners().unregister(updated.service());
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void leavesNothing(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    ServiceReference<?>[] services = new ServiceReference<?>[100];
    for (int i = 0; i < services.length; i++) {
      services[i] = owners.newService(bundle);
    }
    for (int i = 0; i < MANY; i++) {
      Agent agent =
          fixtures.agent("a" + i % 1_000, services[i % services.length], Fixtures.TRANSLATOR);
      assertThat(backend.putIfAbsent(agent)).isNull();
      assertThat(backend.remove(agent)).isTrue();
    }
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void justGoing(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Agent before = new Fixtures(tested.owners()).agent("before", Fixtures.TRANSLATOR);
    Agent meanwhile =
        new Fixtures(tested.owners()).agent("meanwhile", before.service(), Fixtures.TRANSLATOR);
    backend.putIfAbsent(before);
    tested.owners().unregister(before.service(), () -> putOrRefuse(backend, meanwhile));
    BackendOwnerRules.assertEmpty(backend);
    Agent first = new Fixtures(tested.owners()).agent("first", Fixtures.TRANSLATOR);
    tested.owners().unregister(first.service(), () -> putOrRefuse(backend, first));
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void justGoingReplace(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent latter = fixtures.agent("a", Fixtures.SEARCHER);
    backend.putIfAbsent(former);
    AtomicBoolean replaced = new AtomicBoolean();
    tested
        .owners()
        .unregister(
            latter.service(),
            () -> {
              try {
                replaced.set(backend.replace(former, latter));
              } catch (OwnerGoneException e) {
                assertThat(e.service()).isSameAs(latter.service());
              }
            });
    if (replaced.get()) {
      BackendOwnerRules.assertEmpty(backend);
    } else {
      BackendReads.assertHolds(backend, former);
      assertThat(backend.monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
    }
  }

  private static void races(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    Agent[] agents = new Agent[RACES];
    for (int i = 0; i < RACES; i++) {
      agents[i] = fixtures.agent("a" + i, owners.newService(bundle), Fixtures.TRANSLATOR);
    }
    new Workers()
        .writer(() -> List.of(agents).forEach(agent -> putOrRefuse(backend, agent)))
        .writer(() -> List.of(agents).forEach(agent -> owners.unregister(agent.service())))
        .run();
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void putOrRefuse(RegistryBackend backend, Agent agent) {
    try {
      backend.putIfAbsent(agent);
    } catch (OwnerGoneException e) {
      assertThat(e.id()).isEqualTo(agent.id());
    }
  }
}

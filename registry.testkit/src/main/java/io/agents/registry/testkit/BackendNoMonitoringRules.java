package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;

/** B4.20 to B4.22: owners that come and go, with a backend that does not monitor them. */
final class BackendNoMonitoringRules {

  private BackendNoMonitoringRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>("B4.20", "nothing is monitored", BackendNoMonitoringRules::monitorsNothing),
        new RuleCheck<>(
            "B4.21",
            "agents of services that are gone stay, and can be stored",
            BackendNoMonitoringRules::keepsDead),
        new RuleCheck<>(
            "B4.21",
            "agents of services that are gone can be replaced and removed",
            BackendNoMonitoringRules::deadCanGo),
        new RuleCheck<>(
            "B4.22", "the handler is never called", BackendNoMonitoringRules::neverTells));
  }

  private static void monitorsNothing(BackendUnderTest tested) {
    new Fixtures(tested.owners())
        .agents("a", 3, Fixtures.TRANSLATOR)
        .forEach(tested.backend()::putIfAbsent);
    assertThat(tested.backend().size()).isEqualTo(3);
    assertThat(tested.backend().monitoring()).isEqualTo(OwnerMonitoring.NONE);
  }

  private static void keepsDead(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent before = fixtures.agent("before", Fixtures.TRANSLATOR);
    Agent after = fixtures.agent("after", Fixtures.SEARCHER);
    backend.putIfAbsent(before);
    tested.owners().stop(before.owner());
    tested.owners().stop(after.owner());
    assertThat(backend.putIfAbsent(after)).isNull();
    BackendReads.assertHolds(backend, before, after);
    assertThat(backend.lookup("before").isOwnerGone()).isTrue();
  }

  private static void deadCanGo(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    List<Agent> dead = fixtures.agents("a", 3, Fixtures.TRANSLATOR);
    dead.forEach(backend::putIfAbsent);
    tested.owners().stop(dead.get(0).owner());
    Agent successor = fixtures.agent("a-0", Fixtures.SEARCHER);
    assertThat(backend.replace(dead.get(0), successor)).isTrue();
    assertThat(backend.remove(dead.get(1))).isTrue();
    BackendReads.assertHolds(backend, successor, dead.get(2));
  }

  private static void neverTells(BackendUnderTest tested) {
    OwnerGoings goings = new OwnerGoings();
    tested.backend().setOwnerGoneHandler(goings);
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 3, Fixtures.TRANSLATOR);
    agents.forEach(tested.backend()::putIfAbsent);
    tested.owners().stop(agents.get(0).owner());
    tested.backend().remove(agents.get(1));
    tested.backend().clear();
    assertThat(goings.told()).isEmpty();
    tested.backend().setOwnerGoneHandler(null);
  }
}

package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** B4.1 to B4.4, B4.11 and B4.15: owners that come and go, with a backend that monitors them. */
final class BackendOwnerRules {

  private BackendOwnerRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B4.1",
            "putIfAbsent for a service that is gone is refused and leaves nothing",
            BackendOwnerRules::refusesPutForGone),
        new RuleCheck<>(
            "B4.2",
            "replace for a service that is gone is refused and the expected agent stays",
            BackendOwnerRules::refusesReplaceForGone),
        new RuleCheck<>(
            "B4.3", "when a service goes all its agents go", BackendOwnerRules::serviceGoes),
        new RuleCheck<>(
            "B4.3",
            "when a bundle stops the agents of all its services go, many at once",
            BackendOwnerRules::bundleStops),
        new RuleCheck<>(
            "B4.3",
            "a bundle that stopped and started again is watched again",
            BackendOwnerRules::bundleComesBack),
        new RuleCheck<>(
            "B4.4",
            "agents of other services stay, of the same bundle too",
            BackendOwnerRules::othersStay),
        new RuleCheck<>(
            "B4.11",
            "an id that moved to another service follows that one",
            BackendOwnerRules::movedIdFollows),
        new RuleCheck<>(
            "B4.15",
            "changed properties of a service remove nothing",
            BackendOwnerRules::changesRemoveNothing));
  }

  private static void refusesPutForGone(BackendUnderTest tested) {
    Agent agent = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    tested.owners().unregister(agent.service());
    assertThatThrownBy(() -> tested.backend().putIfAbsent(agent))
        .isInstanceOfSatisfying(OwnerGoneException.class, e -> assertThat(e.id()).isEqualTo("a"));
    assertEmpty(tested.backend());
  }

  private static void refusesReplaceForGone(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent there = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent gone = fixtures.agent("a", Fixtures.SEARCHER);
    tested.owners().unregister(gone.service());
    tested.backend().putIfAbsent(there);
    assertThatThrownBy(() -> tested.backend().replace(there, gone))
        .isInstanceOf(OwnerGoneException.class);
    BackendReads.assertHolds(tested.backend(), there);
    assertThat(tested.backend().monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
  }

  private static void serviceGoes(BackendUnderTest tested) {
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 10, Fixtures.TRANSLATOR);
    agents.forEach(tested.backend()::putIfAbsent);
    tested.owners().unregister(agents.get(0).service());
    assertEmpty(tested.backend());
  }

  private static void bundleStops(BackendUnderTest tested) {
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    for (int i = 0; i < 200; i++) {
      tested
          .backend()
          .putIfAbsent(fixtures.agent("a" + i, owners.newService(bundle), Fixtures.TRANSLATOR));
    }
    Agent other = fixtures.agent("other", Fixtures.TRANSLATOR);
    tested.backend().putIfAbsent(other);
    owners.stop(bundle);
    BackendReads.assertHolds(tested.backend(), other);
    assertThat(tested.backend().monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
  }

  private static void bundleComesBack(BackendUnderTest tested) {
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    for (int round = 0; round < 3; round++) {
      Agent agent = fixtures.agent("a", owners.newService(bundle), Fixtures.TRANSLATOR);
      assertThat(tested.backend().putIfAbsent(agent)).isNull();
      BackendReads.assertHolds(tested.backend(), agent);
      owners.stop(bundle);
      assertEmpty(tested.backend());
      owners.start(bundle);
    }
  }

  private static void othersStay(BackendUnderTest tested) {
    OwnerControl owners = tested.owners();
    Fixtures fixtures = new Fixtures(owners);
    Bundle bundle = owners.newBundle();
    Agent going = fixtures.agent("a", owners.newService(bundle), Fixtures.TRANSLATOR);
    Agent sibling = fixtures.agent("b", owners.newService(bundle), Fixtures.TRANSLATOR);
    Agent other = fixtures.agent("c", Fixtures.TRANSLATOR);
    List.of(going, sibling, other).forEach(tested.backend()::putIfAbsent);
    owners.unregister(going.service());
    BackendReads.assertHolds(tested.backend(), sibling, other);
    assertThat(tested.backend().monitoring()).isEqualTo(new OwnerMonitoring(2, 2));
  }

  private static void movedIdFollows(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent latter = fixtures.agent("a", Fixtures.SEARCHER);
    OwnerGoings goings = new OwnerGoings();
    backend.setOwnerGoneHandler(goings);
    backend.putIfAbsent(former);
    backend.replace(former, latter);
    assertThat(backend.monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
    tested.owners().unregister(former.service());
    BackendReads.assertHolds(backend, latter);
    assertThat(goings.told()).isEmpty();
    tested.owners().unregister(latter.service());
    assertEmpty(backend);
    assertThat(goings.told()).containsExactly(latter);
  }

  private static void changesRemoveNothing(BackendUnderTest tested) {
    ServiceReference<?> service =
        tested.owners().newService(tested.owners().newBundle(), Map.of("k", 1));
    Agent agent = new Fixtures(tested.owners()).agent("a", service, Fixtures.TRANSLATOR);
    OwnerGoings goings = new OwnerGoings();
    tested.backend().setOwnerGoneHandler(goings);
    tested.backend().putIfAbsent(agent);
    tested.owners().change(service, Map.of("k", 2, "other", "x"));
    tested.owners().change(service, Map.of());
    BackendReads.assertHolds(tested.backend(), agent);
    assertThat(goings.told()).isEmpty();
    tested.owners().unregister(service);
    assertEmpty(tested.backend());
  }

  static void assertEmpty(RegistryBackend backend) {
    BackendReads.assertHolds(backend);
    assertThat(backend.monitoring()).as("monitoring").isEqualTo(OwnerMonitoring.NONE);
  }
}

package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistryStatus;
import java.util.List;
import java.util.Map;
import org.osgi.framework.ServiceReference;

/** R7: owners that come and go. Each check knows what holds with and without monitoring. */
final class OwnerRules {

  private static final int MANY = 10_000;
  private static final int RACES = 300;

  private OwnerRules() {}

  static List<RuleCheck<RegistryUnderTest>> all(boolean monitorsOwners) {
    return monitorsOwners
        ? List.of(
            new RuleCheck<>(
                "R7.1", "the owner is the bundle of the service", OwnerRules::ownerOfService),
            new RuleCheck<>("R7.2", "a service that is gone is refused", OwnerRules::refusesGone),
            new RuleCheck<>(
                "R7.3", "agents go with their service and their bundle", OwnerRules::goWithOwner),
            new RuleCheck<>(
                "R7.3", "many owners that die at once leave no agent", OwnerRules::manyGoAtOnce),
            new RuleCheck<>("R7.4", "agents of other services stay", OwnerRules::othersStay),
            new RuleCheck<>(
                "R7.5", "a service that is just going leaves no agent", OwnerRules::justGoing),
            new RuleCheck<>(
                "R7.5", "registrations in a race with goings leave no agent", OwnerRules::races),
            new RuleCheck<>(
                "R7.6", "a going never removes a later registration", OwnerRules::sparesLater),
            new RuleCheck<>(
                "R7.7", "the monitor goes with the last agent", OwnerRules::dropsMonitor),
            new RuleCheck<>(
                "R7.7", "10,000 registrations leave no monitor", OwnerRules::leavesNoMonitor),
            new RuleCheck<>(
                "R7.9",
                "changed properties of a service touch nothing",
                OwnerRules::changesTouchNothing),
            new RuleCheck<>(
                "R7.10", "the stop of the registrar ends nothing", OwnerRules::registrarStops))
        : List.of(
            new RuleCheck<>(
                "R7.1", "the owner is the bundle of the service", OwnerRules::ownerOfService),
            new RuleCheck<>("R7.2", "a service that is gone is refused", OwnerRules::refusesGone),
            new RuleCheck<>("R7.4", "agents of other services stay", OwnerRules::othersStay),
            new RuleCheck<>(
                "R7.8",
                "agents whose owner is gone stay until unregistered or replaced",
                OwnerRules::deadStay),
            new RuleCheck<>(
                "R7.9",
                "changed properties of a service touch nothing",
                OwnerRules::changesTouchNothing),
            new RuleCheck<>(
                "R7.10", "the stop of the registrar ends nothing", OwnerRules::registrarStops));
  }

  private static void ownerOfService(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    other.registry.register("a", scene.service, Map.of());
    assertThat(scene.agent("a").owner()).isEqualTo(scene.bundle);
    assertThat(scene.agent("a").registrar()).isEqualTo(other.bundle);
    assertThat(scene.agent("a").isOwnerGone()).isFalse();
  }

  private static void refusesGone(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("there");
    Agent there = scene.agent("there");
    RegistryStatus before = tested.admin().status();
    ServiceReference<?> gone = scene.owners.newService(scene.bundle);
    scene.owners.unregister(gone);
    assertThatThrownBy(() -> scene.registry.register("a", gone, TRANSLATES))
        .isInstanceOfSatisfying(
            OwnerGoneException.class,
            e -> {
              assertThat(e.id()).isEqualTo("a");
              assertThat(e.service()).isEqualTo(gone);
            });
    assertThatThrownBy(() -> scene.registry.registerOrReplace("there", gone, TRANSLATES))
        .isInstanceOf(OwnerGoneException.class);
    scene.assertHolds(there);
    assertThat(tested.admin().status().servicesMonitored()).isEqualTo(before.servicesMonitored());
  }

  private static void goWithOwner(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    Registration a = scene.register("a");
    scene.register("b");
    ServiceReference<?> second = scene.owners.newService(scene.bundle);
    scene.registry.register("c", second, Map.of());
    other.registry.register("d", second, Map.of());
    Registration e = other.register("e");
    scene.owners.unregister(scene.service);
    assertThat(other.registry.agents())
        .extracting(Agent::id)
        .containsExactlyInAnyOrder("c", "d", "e");
    assertThat(a.agent()).isEmpty();
    scene.owners.stop(scene.bundle);
    other.assertHolds(e.agent().orElseThrow());
    assertThat(tested.admin().status().agentsWithOwnerGone()).isZero();
  }

  private static void manyGoAtOnce(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene dying = scene.another();
    for (int i = 0; i < 500; i++) {
      dying.registry.register("a" + i, scene.owners.newService(dying.bundle), TRANSLATES);
    }
    Registration left = scene.register("left");
    scene.owners.stop(dying.bundle);
    scene.assertHolds(left.agent().orElseThrow());
    assertThat(tested.admin().status().servicesMonitored()).isEqualTo(1);
  }

  private static void othersStay(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    ServiceReference<?> going = scene.owners.newService(scene.bundle);
    scene.registry.register("going", going, Map.of());
    Registration sibling = scene.register("sibling");
    Registration stranger = other.register("stranger");
    scene.owners.unregister(going);
    assertThat(sibling.agent()).isPresent();
    assertThat(stranger.agent()).isPresent();
    assertThat(scene.agent("sibling").isOwnerGone()).isFalse();
  }

  private static void justGoing(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.owners.unregister(scene.service, () -> registerOrRefuse(scene, "a", scene.service));
    scene.assertHolds();
    ServiceReference<?> second = scene.owners.newService(scene.bundle);
    scene.registry.register("b", second, TRANSLATES);
    scene.owners.unregister(second, () -> registerOrRefuse(scene, "c", second));
    scene.assertHolds();
    assertThat(tested.admin().status().servicesMonitored()).isZero();
  }

  private static void registerOrRefuse(
      RegistryScene scene, String id, ServiceReference<?> service) {
    try {
      scene.registry.register(id, service, TRANSLATES);
    } catch (OwnerGoneException e) {
      assertThat(e.id()).isEqualTo(id);
    }
  }

  private static void races(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    ServiceReference<?>[] services = new ServiceReference<?>[RACES];
    for (int i = 0; i < RACES; i++) {
      services[i] = scene.owners.newService(scene.bundle);
    }
    new Workers()
        .writer(
            () -> {
              for (int i = 0; i < RACES; i++) {
                registerOrRefuse(scene, "a" + i, services[i]);
              }
            })
        .writer(() -> List.of(services).forEach(scene.owners::unregister))
        .run();
    scene.assertHolds();
    assertThat(tested.admin().status().servicesMonitored()).isZero();
  }

  private static void sparesLater(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene dying = scene.another();
    dying.register("a");
    Registration later = tested.admin().registerOrReplace("a", scene.service, SEARCHES);
    scene.owners.stop(dying.bundle);
    scene.assertHolds(later.agent().orElseThrow());
    scene.owners.unregister(scene.service);
    scene.assertHolds();
  }

  private static void dropsMonitor(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration a = scene.register("a");
    Registration b = scene.register("b");
    assertThat(tested.admin().status().servicesMonitored()).isEqualTo(1);
    assertThat(tested.admin().status().ownersMonitored()).isEqualTo(1);
    a.close();
    assertThat(tested.admin().status().servicesMonitored()).as("with one agent left").isEqualTo(1);
    b.close();
    assertThat(tested.admin().status().servicesMonitored()).as("with no agent left").isZero();
    assertThat(tested.admin().status().ownersMonitored()).isZero();
  }

  private static void leavesNoMonitor(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < MANY; i++) {
      scene.register("a" + i % 100);
      scene.registry.unregister("a" + i % 100);
    }
    scene.assertHolds();
    RegistryStatus status = tested.admin().status();
    assertThat(status.servicesMonitored()).isZero();
    assertThat(status.ownersMonitored()).isZero();
  }

  private static void deadStay(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene dying = scene.another();
    for (String id : List.of("a", "b", "c")) {
      scene.registry.register(id, dying.service, TRANSLATES);
    }
    scene.owners.stop(dying.bundle);
    assertThat(scene.registry.agents())
        .extracting(Agent::id)
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(scene.registry.findByAttribute("capability", "translation"))
        .hasSize(3)
        .allMatch(Agent::isOwnerGone);
    assertThat(tested.admin().status().agentsWithOwnerGone()).isEqualTo(3);
    assertThat(tested.admin().status().servicesMonitored()).isZero();
    assertThat(scene.registry.unregister("a")).isTrue();
    Registration b = scene.register("b");
    Registration c = scene.registry.registerOrReplace("c", scene.service, SEARCHES);
    scene.assertHolds(b.agent().orElseThrow(), c.agent().orElseThrow());
    assertThat(tested.admin().status().agentsWithOwnerGone()).isZero();
  }

  private static void changesTouchNothing(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent agent = scene.agent("a");
    scene.owners.change(scene.service, Map.of("k", 1));
    scene.owners.change(scene.service, Map.of("k", 2));
    scene.assertHolds(agent);
  }

  private static void registrarStops(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene registrar = scene.another();
    registrar.registry.register("a", scene.service, TRANSLATES);
    Agent agent = scene.agent("a");
    scene.owners.stop(registrar.bundle);
    scene.assertHolds(agent);
    assertThat(scene.registry.unregister("a")).as("by its owner").isTrue();
  }
}

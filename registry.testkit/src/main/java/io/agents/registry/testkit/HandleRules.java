package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.StaleRevisionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** R4: the end of registrations, and their handles. */
final class HandleRules {

  private HandleRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R4.1", "unregister removes the agent from every read", HandleRules::unregisters),
        new RuleCheck<>(
            "R4.2", "unregister of an unknown id returns false", HandleRules::unregistersNobody),
        new RuleCheck<>(
            "R4.3", "of concurrent unregister calls one returns true", HandleRules::oneUnregisters),
        new RuleCheck<>("R4.4", "close never ends a later registration", HandleRules::closesItsOwn),
        new RuleCheck<>(
            "R4.5", "close of an ended registration does nothing", HandleRules::closesTwice),
        new RuleCheck<>(
            "R4.6",
            "a handle shows the latest revision, and nothing after the end",
            HandleRules::showsLatest),
        new RuleCheck<>("R4.7", "a handle updates", HandleRules::updates),
        new RuleCheck<>(
            "R4.8", "a handle never updates a later registration", HandleRules::updatesItsOwn),
        new RuleCheck<>(
            "R4.9",
            "a handle works on any thread and for any bundle",
            HandleRules::worksForAnybody));
  }

  private static void unregisters(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Registration b = scene.register("b");
    assertThat(scene.registry.unregister("a")).isTrue();
    assertThat(scene.registry.lookup("a")).isEmpty();
    assertThat(scene.registry.findByAttribute("capability", "translation"))
        .containsExactly(scene.agent("b"));
    scene.assertHolds(b.agent().orElseThrow());
  }

  private static void unregistersNobody(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent agent = scene.agent("a");
    for (String id : List.of("nobody", "", "A", "*")) {
      assertThat(scene.registry.unregister(id)).as("unregister of '%s'", id).isFalse();
    }
    scene.assertHolds(agent);
    scene.registry.unregister("a");
    assertThat(scene.registry.unregister("a")).as("a second time").isFalse();
  }

  private static void oneUnregisters(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    int rounds = 100;
    for (int i = 0; i < rounds; i++) {
      scene.register("id-" + i);
    }
    AtomicInteger removed = new AtomicInteger();
    new Workers()
        .writers(
            4,
            w ->
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    if (scene.registry.unregister("id-" + i)) {
                      removed.incrementAndGet();
                    }
                  }
                })
        .run();
    assertThat(removed).as("calls that returned true").hasValue(rounds);
    scene.assertHolds();
  }

  private static void closesItsOwn(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration unregistered = scene.register("a");
    scene.registry.unregister("a");
    Registration replaced = scene.register("a");
    unregistered.close();
    assertThat(replaced.agent()).isPresent();
    Registration last = scene.registry.registerOrReplace("a", scene.service, SEARCHES);
    replaced.close();
    unregistered.close();
    scene.assertHolds(last.agent().orElseThrow());
    last.close();
    scene.assertHolds();
  }

  private static void closesTwice(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration closed = scene.register("a");
    closed.close();
    closed.close();
    Registration unregistered = scene.register("a");
    scene.registry.unregister("a");
    unregistered.close();
    Registration dead = scene.another().register("dead");
    scene.owners.stop(dead.agent().orElseThrow().owner());
    dead.close();
    dead.close();
    scene.assertHolds();
  }

  private static void showsLatest(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.register("a");
    Agent second = scene.registry.updateMetadata("a", SEARCHES);
    assertThat(registration.agent()).contains(second);
    scene.registry.unregister("a");
    assertThat(registration.agent()).isEmpty();
    scene.register("a");
    assertThat(registration.agent()).as("with a later registration of the id there").isEmpty();
    assertThat(registration.id()).isEqualTo("a");
    assertThat(registration.number()).isEqualTo(second.registration());
  }

  private static void updates(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.register("a");
    Agent first = scene.agent("a");
    Agent second = registration.update(SEARCHES);
    assertThat(second).isEqualTo(Fixtures.updated(first, SEARCHES));
    assertThatThrownBy(() -> registration.update(Map.of(), 1))
        .isInstanceOfSatisfying(
            StaleRevisionException.class, e -> assertThat(e.actual()).isEqualTo(2));
    scene.assertHolds(second);
    assertThat(registration.update(Map.of("x", 1), 2).revision()).isEqualTo(3);
    scene.assertHolds(registration.agent().orElseThrow());
  }

  private static void updatesItsOwn(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration former = scene.register("a");
    former.close();
    assertThatThrownBy(() -> former.update(SEARCHES))
        .isInstanceOfSatisfying(
            AgentNotFoundException.class, e -> assertThat(e.id()).isEqualTo("a"));
    Registration latter = scene.register("a");
    assertThatThrownBy(() -> former.update(SEARCHES)).isInstanceOf(AgentNotFoundException.class);
    assertThatThrownBy(() -> former.update(SEARCHES, 1)).isInstanceOf(AgentNotFoundException.class);
    assertThat(scene.agent("a").revision()).isEqualTo(1);
    assertThat(scene.agent("a").metadata()).isEqualTo(RegistryScene.TRANSLATES);
    latter.close();
  }

  private static void worksForAnybody(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.register("a");
    Agent updated = OtherThread.call("an update by a handle", () -> registration.update(SEARCHES));
    scene.assertHolds(updated);
    OtherThread.run("the end of a registration", registration::close);
    scene.assertHolds();
  }
}

package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.StaleRevisionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** R3: updates. */
final class UpdateRules {

  private static final int THREADS = 4;
  private static final int ROUNDS = 250;

  private UpdateRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R3.1", "an update replaces the metadata as a whole", UpdateRules::replacesWhole),
        new RuleCheck<>(
            "R3.2", "an update raises the revision and keeps the rest", UpdateRules::keepsRest),
        new RuleCheck<>("R3.3", "an unknown agent is refused", UpdateRules::refusesUnknown),
        new RuleCheck<>("R3.4", "an unexpected revision is refused", UpdateRules::refusesStale),
        new RuleCheck<>("R3.5", "the expected revision is accepted", UpdateRules::acceptsExpected),
        new RuleCheck<>("R3.6", "no concurrent update is lost", UpdateRules::losesNothing),
        new RuleCheck<>(
            "R3.7", "of concurrent updates of one revision one is accepted", UpdateRules::oneWins),
        new RuleCheck<>(
            "R3.8",
            "an update with equal metadata raises the revision",
            UpdateRules::equalIsAnUpdate),
        new RuleCheck<>(
            "R3.9", "an agent whose service is gone is not updated", UpdateRules::refusesDead));
  }

  private static void replacesWhole(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    scene.registry.updateMetadata("a", SEARCHES);
    assertThat(scene.agent("a").metadata()).isEqualTo(SEARCHES);
    assertThat(scene.registry.findByAttribute("load", 1)).isEmpty();
    assertThat(scene.registry.findByAttribute("capability", "translation")).isEmpty();
    assertThat(scene.registry.findByAttribute("capability", "search"))
        .containsExactly(scene.agent("a"));
  }

  private static void keepsRest(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent first = scene.agent("a");
    Agent second = scene.registry.updateMetadata("a", SEARCHES);
    assertThat(second).isEqualTo(Fixtures.updated(first, SEARCHES));
    assertThat(second.revision()).isEqualTo(2);
    scene.assertHolds(second);
  }

  private static void refusesUnknown(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    assertThatThrownBy(() -> scene.registry.updateMetadata("nobody", SEARCHES))
        .isInstanceOfSatisfying(
            AgentNotFoundException.class, e -> assertThat(e.id()).isEqualTo("nobody"));
    assertThatThrownBy(() -> scene.registry.updateMetadata("nobody", SEARCHES, 1))
        .isInstanceOf(AgentNotFoundException.class);
    scene.assertHolds();
  }

  private static void refusesStale(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent second = scene.registry.updateMetadata("a", SEARCHES);
    for (long expected : List.of(1L, 3L, 0L, -1L)) {
      assertThatThrownBy(() -> scene.registry.updateMetadata("a", Map.of(), expected))
          .isInstanceOfSatisfying(
              StaleRevisionException.class,
              e -> {
                assertThat(e.id()).isEqualTo("a");
                assertThat(e.expected()).isEqualTo(expected);
                assertThat(e.actual()).isEqualTo(2);
              });
    }
    scene.assertHolds(second);
  }

  private static void acceptsExpected(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    assertThat(scene.registry.updateMetadata("a", SEARCHES, 1).revision()).isEqualTo(2);
    assertThat(scene.registry.updateMetadata("a", Map.of("x", 1), 2).revision()).isEqualTo(3);
    assertThat(scene.agent("a").metadata()).isEqualTo(Map.of("x", 1));
  }

  private static void losesNothing(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    new Workers()
        .writers(
            THREADS,
            w ->
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    scene.registry.updateMetadata("a", Map.of("w", w, "i", i));
                  }
                })
        .run();
    assertThat(scene.agent("a").revision()).isEqualTo(1 + THREADS * ROUNDS);
  }

  private static void oneWins(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    AtomicInteger accepted = new AtomicInteger();
    new Workers()
        .writers(
            THREADS,
            w ->
                () -> {
                  for (int revision = 1; revision <= ROUNDS; revision++) {
                    long expected = revision;
                    Eventually.holds(
                        "revision " + expected, () -> scene.agent("a").revision() >= expected);
                    try {
                      scene.registry.updateMetadata("a", Map.of("w", w), expected);
                      accepted.incrementAndGet();
                    } catch (StaleRevisionException e) {
                      assertThat(e.actual()).isGreaterThan(expected);
                    }
                  }
                })
        .run();
    assertThat(accepted).as("accepted updates").hasValue(ROUNDS);
    assertThat(scene.agent("a").revision()).isEqualTo(1 + ROUNDS);
  }

  private static void equalIsAnUpdate(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent updated = scene.registry.updateMetadata("a", RegistryScene.TRANSLATES);
    assertThat(updated.revision()).isEqualTo(2);
    scene.assertHolds(updated);
  }

  private static void refusesDead(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    scene.owners.unregister(scene.service);
    assertThatThrownBy(() -> scene.registry.updateMetadata("a", SEARCHES))
        .isInstanceOf(
            tested.monitorsOwners() ? AgentNotFoundException.class : OwnerGoneException.class);
    assertThat(scene.registry.findByAttribute("capability", "search")).isEmpty();
  }
}

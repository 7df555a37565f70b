package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.ServiceReference;

/** R1: registration, one at a time. */
final class RegistrationRules {

  private RegistrationRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R1.1", "register makes an agent that is found", RegistrationRules::registers),
        new RuleCheck<>(
            "R1.2",
            "a new agent has revision 1, owner, registrar and time",
            RegistrationRules::describes),
        new RuleCheck<>(
            "R1.3", "registration numbers rise and are unique", RegistrationRules::numbersRise),
        new RuleCheck<>(
            "R1.3",
            "registration numbers are unique among threads",
            RegistrationRules::numbersAreUnique),
        new RuleCheck<>(
            "R1.4",
            "register refuses an id in use and names the holder",
            RegistrationRules::refusesIdInUse),
        new RuleCheck<>(
            "R1.5",
            "register takes over from a holder whose owner is gone",
            RegistrationRules::takesOverFromDead),
        new RuleCheck<>(
            "R1.6",
            "registerOrReplace takes over from a living holder",
            RegistrationRules::replaces),
        new RuleCheck<>(
            "R1.7", "registerOrReplace of a free id registers", RegistrationRules::replacesNobody),
        new RuleCheck<>(
            "R1.11", "the handle has the id and the number", RegistrationRules::handleNamesAgent),
        new RuleCheck<>(
            "R1.12", "one service may be several agents", RegistrationRules::severalIds),
        new RuleCheck<>(
            "R1.14", "an id can be used again at once", RegistrationRules::idIsReusable));
  }

  private static void registers(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.registry.register("a", scene.service, TRANSLATES);
    Agent agent = scene.agent("a");
    assertThat(agent.id()).isEqualTo("a");
    assertThat(agent.service()).isEqualTo(scene.service);
    assertThat(agent.metadata()).isEqualTo(TRANSLATES);
    scene.assertHolds(agent);
  }

  private static void describes(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    long before = System.currentTimeMillis();
    scene.registry.register("a", other.service, Map.of());
    long after = System.currentTimeMillis();
    Agent agent = scene.agent("a");
    assertThat(agent.revision()).isEqualTo(1);
    assertThat(agent.owner()).isEqualTo(other.bundle);
    assertThat(agent.registrar()).isEqualTo(scene.bundle);
    assertThat(agent.registeredAtMillis()).isBetween(before, after);
    assertThat(agent.metadata()).isEmpty();
  }

  private static void numbersRise(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Registration registration =
          i % 2 == 0
              ? scene.register("a")
              : scene.registry.registerOrReplace("b", scene.service, Map.of());
      numbers.add(registration.number());
      if (i % 2 == 0) {
        registration.close();
      }
    }
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  private static void numbersAreUnique(RegistryUnderTest tested) throws Exception {
    RegistryScene scene = new RegistryScene(tested);
    Queue<Long> numbers = new ConcurrentLinkedQueue<>();
    new Workers()
        .writers(
            4,
            w ->
                () -> {
                  for (int i = 0; i < 250; i++) {
                    numbers.add(scene.register("w" + w + "-" + i).number());
                  }
                })
        .run();
    assertThat(numbers).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(scene.registry.count()).isEqualTo(1_000);
    assertThat(scene.registry.agents())
        .extracting(Agent::registration)
        .containsExactlyInAnyOrderElementsOf(numbers);
  }

  private static void refusesIdInUse(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    scene.register("a");
    Agent holder = scene.agent("a");
    for (RegistryScene caller : List.of(scene, other)) {
      assertThatThrownBy(() -> caller.registry.register("a", caller.service, SEARCHES))
          .isInstanceOfSatisfying(
              AgentAlreadyRegisteredException.class, e -> assertThat(e.holder()).isEqualTo(holder))
          .hasMessageContainingAll("'a'", scene.bundle.getSymbolicName());
    }
    scene.assertHolds(holder);
  }

  private static void takesOverFromDead(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RegistryScene other = scene.another();
    Registration former = scene.register("a");
    scene.owners.stop(scene.bundle);
    Registration latter = other.registry.register("a", other.service, SEARCHES);
    assertThat(latter.number()).isGreaterThan(former.number());
    assertThat(other.agent("a").owner()).isEqualTo(other.bundle);
    assertThat(other.agent("a").metadata()).isEqualTo(SEARCHES);
    assertThat(former.agent()).isEmpty();
    former.close();
    other.assertHolds(latter.agent().orElseThrow());
  }

  private static void replaces(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration former = scene.register("a");
    former.update(Map.of("load", 2));
    ServiceReference<?> service = scene.owners.newService(scene.bundle);
    Registration latter = scene.registry.registerOrReplace("a", service, SEARCHES);
    Agent agent = scene.agent("a");
    assertThat(agent.revision()).isEqualTo(1);
    assertThat(agent.registration()).isEqualTo(latter.number()).isGreaterThan(former.number());
    assertThat(agent.service()).isEqualTo(service);
    assertThat(agent.metadata()).isEqualTo(SEARCHES);
    assertThat(former.agent()).isEmpty();
    scene.assertHolds(agent);
  }

  private static void replacesNobody(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.registry.registerOrReplace("a", scene.service, TRANSLATES);
    assertThat(scene.agent("a").registration()).isEqualTo(registration.number());
    assertThat(scene.agent("a").revision()).isEqualTo(1);
    scene.assertHolds(scene.agent("a"));
  }

  private static void handleNamesAgent(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.register("a");
    assertThat(registration.id()).isEqualTo("a");
    assertThat(registration.number()).isEqualTo(scene.agent("a").registration());
    assertThat(registration.agent()).contains(scene.agent("a"));
  }

  private static void severalIds(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration a = scene.register("a");
    Registration b = scene.register("b");
    assertThat(a.number()).isNotEqualTo(b.number());
    a.close();
    scene.assertHolds(b.agent().orElseThrow());
  }

  private static void idIsReusable(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < 10; i++) {
      scene.register("a");
      assertThat(scene.registry.unregister("a")).isTrue();
    }
    Registration last = scene.register("a");
    scene.assertHolds(last.agent().orElseThrow());
  }
}

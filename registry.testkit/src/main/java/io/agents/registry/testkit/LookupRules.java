package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** R2: lookups and lists. */
final class LookupRules {

  private LookupRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>("R2.1", "lookup returns the agent", LookupRules::finds),
        new RuleCheck<>(
            "R2.2", "lookup of an unknown or impossible id is empty", LookupRules::findsNothing),
        new RuleCheck<>(
            "R2.3", "another thread sees a change that has returned", LookupRules::otherThreadSees),
        new RuleCheck<>(
            "R2.4", "agents lists everybody once, nobody if there is none", LookupRules::lists),
        new RuleCheck<>("R2.5", "count is the number of agents", LookupRules::counts),
        new RuleCheck<>(
            "R2.6", "lists cannot be changed and do not change", LookupRules::listsAreFixed),
        new RuleCheck<>(
            "R2.7", "an agent that was returned never changes", LookupRules::agentsAreValues));
  }

  private static void finds(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Registration b = scene.register("b");
    assertThat(scene.registry.lookup("b")).isPresent();
    assertThat(scene.agent("b").registration()).isEqualTo(b.number());
    assertThat(scene.another().registry.lookup("b"))
        .as("looked up by another bundle")
        .contains(scene.agent("b"));
  }

  private static void findsNothing(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    for (String id : List.of("b", "A", "a ", "", "*", "a*", "x".repeat(100_000), "\n")) {
      assertThat(scene.registry.lookup(id))
          .as("lookup of an id of %s characters", id.length())
          .isEmpty();
    }
  }

  private static void otherThreadSees(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < 20; i++) {
      Registration registration = scene.register("a");
      assertThat(OtherThread.call("a lookup", () -> scene.registry.lookup("a"))).isPresent();
      registration.update(Map.of("round", i));
      int round = i;
      assertThat(OtherThread.call("a query", () -> scene.registry.findByAttribute("round", round)))
          .hasSize(1);
      registration.close();
      assertThat(OtherThread.call("a lookup", () -> scene.registry.lookup("a"))).isEmpty();
      int count = OtherThread.call("a count", () -> scene.registry.count());
      assertThat(count).isZero();
    }
  }

  private static void lists(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    assertThat(scene.registry.agents()).isEmpty();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      agents.add(scene.register("a" + i).agent().orElseThrow());
    }
    assertThat(scene.registry.agents()).containsExactlyInAnyOrderElementsOf(agents);
  }

  private static void counts(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    assertThat(scene.registry.count()).isZero();
    Registration a = scene.register("a");
    scene.register("b");
    assertThat(scene.registry.count()).isEqualTo(2);
    a.update(Map.of());
    assertThat(scene.registry.count()).isEqualTo(2);
    scene.registry.registerOrReplace("b", scene.service, Map.of());
    assertThat(scene.registry.count()).isEqualTo(2);
    a.close();
    assertThat(scene.registry.count()).isEqualTo(1);
  }

  private static void listsAreFixed(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Agent agent = scene.agent("a");
    List<List<Agent>> lists =
        List.of(
            scene.registry.agents(),
            scene.registry.query(Query.parse("(capability=*)")),
            scene.registry.findByAttribute("capability", "translation"));
    scene.registry.unregister("a");
    for (List<Agent> list : lists) {
      assertThat(list).containsExactly(agent);
      assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> list.add(agent)).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(() -> scene.registry.agents().add(agent))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> scene.registry.indexedAttributes().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void agentsAreValues(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration registration = scene.register("a");
    Agent first = scene.agent("a");
    registration.update(Map.of("load", 7));
    assertThat(first.revision()).isEqualTo(1);
    assertThat(first.metadata()).isEqualTo(RegistryScene.TRANSLATES);
    assertThat(scene.agent("a").revision()).isEqualTo(2);
  }
}

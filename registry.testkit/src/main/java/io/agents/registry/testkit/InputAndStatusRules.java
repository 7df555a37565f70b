package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.RegistryStatus;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** R13 and R14: bad input, and what the registry tells of itself. */
final class InputAndStatusRules {

  private InputAndStatusRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R13.1",
            "an id that is empty, too long or has control characters is refused",
            InputAndStatusRules::refusesIds),
        new RuleCheck<>("R13.1", "any other id is taken", InputAndStatusRules::takesIds),
        new RuleCheck<>("R13.2", "null is refused", InputAndStatusRules::refusesNull),
        new RuleCheck<>(
            "R14.2",
            "status counts agents, monitors and listeners",
            InputAndStatusRules::statusCounts),
        new RuleCheck<>(
            "R14.4",
            "swaps have rising numbers and cannot be changed",
            InputAndStatusRules::swaps));
  }

  private static void refusesIds(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (String id :
        List.of("", "x".repeat(257), "x".repeat(100_000), "a\nb", "a\u0000", "\u007F")) {
      assertThatThrownBy(() -> scene.registry.register(id, scene.service, TRANSLATES))
          .as("register with an id of %s characters", id.length())
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> scene.registry.registerOrReplace(id, scene.service, TRANSLATES))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> scene.registry.register("x".repeat(257), scene.service, TRANSLATES))
        .hasMessageContainingAll("257", "256");
    scene.assertHolds();
  }

  private static void takesIds(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (String id : List.of("a", " ", "*", "(a=b)", "\\", "\u00E4\uD83D\uDE00", "x".repeat(256))) {
      scene.register(id);
      assertThat(scene.agent(id).id()).isEqualTo(id);
      assertThat(scene.registry.unregister(id)).isTrue();
    }
  }

  private static void refusesNull(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    AgentRegistry registry = scene.registry;
    scene.register("a");
    Agent agent = scene.agent("a");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> registry.register(null, scene.service, TRANSLATES),
            () -> registry.register("b", null, TRANSLATES),
            () -> registry.registerOrReplace(null, scene.service, TRANSLATES),
            () -> registry.registerOrReplace("a", null, TRANSLATES),
            () -> registry.registerAll(null),
            () -> registry.lookup(null),
            () -> registry.updateMetadata(null, TRANSLATES),
            () -> registry.updateMetadata(null, TRANSLATES, 1),
            () -> registry.unregister(null),
            () -> registry.query(null),
            () -> registry.count(null),
            () -> registry.explain(null))) {
      assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> registry.register("b", scene.service, null))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> registry.updateMetadata("a", null))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> registry.findByAttribute(null, 1))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> registry.findByAttribute("a", null))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> registry.parseQuery(null)).isInstanceOf(InvalidQueryException.class);
    scene.assertHolds(agent);
  }

  private static void statusCounts(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    int listeners = tested.admin().status().listeners();
    RecordingListener listener = new RecordingListener();
    tested.listen(listener, "");
    listener.awaitPresent();
    scene.register("a");
    scene.register("b");
    scene.another().register("c");
    RegistryStatus status = tested.admin().status();
    assertThat(status.agents()).isEqualTo(3);
    assertThat(status.agentsWithOwnerGone()).isZero();
    assertThat(status.servicesMonitored()).isEqualTo(tested.monitorsOwners() ? 2 : 0);
    assertThat(status.ownersMonitored()).isEqualTo(tested.monitorsOwners() ? 2 : 0);
    assertThat(status.listeners()).isEqualTo(listeners + 1);
    assertThat(status.swapUnderWay()).isFalse();
  }

  private static void swaps(RegistryUnderTest tested) {
    assertThat(tested.admin().swaps())
        .extracting(s -> s.number())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> tested.admin().swaps().add(null))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(tested.admin().status().implementation()).isNotEmpty();
  }
}

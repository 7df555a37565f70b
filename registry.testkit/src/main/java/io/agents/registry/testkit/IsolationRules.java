package io.agents.registry.testkit;

import static io.agents.registry.testkit.RegistryScene.SEARCHES;
import static io.agents.registry.testkit.RegistryScene.TRANSLATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** R8: who may change what. */
final class IsolationRules {

  private IsolationRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R8.1",
            "owner and registrar may update, replace and unregister",
            IsolationRules::bothMayChange),
        new RuleCheck<>(
            "R8.2",
            "another bundle is refused, with the owner named",
            IsolationRules::othersAreRefused),
        new RuleCheck<>("R8.3", "every bundle may read", IsolationRules::everybodyReads),
        new RuleCheck<>(
            "R8.4",
            "every bundle may register a service of any bundle",
            IsolationRules::anyService),
        new RuleCheck<>(
            "R8.5",
            "every bundle may replace an agent whose owner is gone",
            IsolationRules::deadMayBeReplaced),
        new RuleCheck<>("R8.6", "the admin acts on all agents", IsolationRules::adminActsOnAll));
  }

  private static void bothMayChange(RegistryUnderTest tested) {
    RegistryScene owner = new RegistryScene(tested);
    RegistryScene registrar = owner.another();
    for (RegistryScene caller : List.of(owner, registrar)) {
      registrar.registry.register("a", owner.service, TRANSLATES);
      assertThat(caller.registry.updateMetadata("a", SEARCHES).revision()).isEqualTo(2);
      assertThat(caller.registry.updateMetadata("a", TRANSLATES, 2).revision()).isEqualTo(3);
      caller.registry.registerOrReplace("a", owner.service, SEARCHES);
      assertThat(caller.agent("a").registrar()).isEqualTo(caller.bundle);
      assertThat(caller.registry.unregister("a")).isTrue();
    }
    owner.assertHolds();
  }

  private static void othersAreRefused(RegistryUnderTest tested) {
    RegistryScene owner = new RegistryScene(tested);
    RegistryScene registrar = owner.another();
    RegistryScene stranger = owner.another();
    registrar.registry.register("a", owner.service, TRANSLATES);
    Agent agent = owner.agent("a");
    assertRefused(owner, stranger, () -> stranger.registry.updateMetadata("a", SEARCHES));
    assertRefused(owner, stranger, () -> stranger.registry.updateMetadata("a", SEARCHES, 1));
    assertRefused(owner, stranger, () -> stranger.registry.unregister("a"));
    assertRefused(
        owner,
        stranger,
        () -> stranger.registry.registerOrReplace("a", stranger.service, SEARCHES));
    owner.assertHolds(agent);
  }

  private static void assertRefused(
      RegistryScene owner, RegistryScene stranger, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NotOwnerException.class,
            e -> {
              assertThat(e.id()).isEqualTo("a");
              assertThat(e.owner()).isEqualTo(owner.bundle);
              assertThat(e.caller()).isEqualTo(stranger.bundle);
            })
        .hasMessageContainingAll(owner.bundle.getSymbolicName(), stranger.bundle.getSymbolicName());
  }

  private static void everybodyReads(RegistryUnderTest tested) {
    RegistryScene owner = new RegistryScene(tested);
    owner.register("a");
    Agent agent = owner.agent("a");
    RegistryScene stranger = owner.another();
    stranger.assertHolds(agent);
    assertThat(stranger.registry.findByAttribute("capability", "translation"))
        .containsExactly(agent);
    assertThat(stranger.registry.explain(Query.parse("(capability=translation)")).matched())
        .isEqualTo(1);
  }

  private static void anyService(RegistryUnderTest tested) {
    RegistryScene owner = new RegistryScene(tested);
    RegistryScene registrar = owner.another();
    Registration registration = registrar.registry.register("a", owner.service, TRANSLATES);
    assertThat(registration.agent().orElseThrow().owner()).isEqualTo(owner.bundle);
    registration.close();
    owner.assertHolds();
  }

  private static void deadMayBeReplaced(RegistryUnderTest tested) {
    RegistryScene dying = new RegistryScene(tested);
    RegistryScene stranger = dying.another();
    dying.register("a");
    dying.register("b");
    dying.register("c");
    dying.owners.stop(dying.bundle);
    Registration a = stranger.register("a");
    Registration b = stranger.registry.registerOrReplace("b", stranger.service, SEARCHES);
    if (tested.monitorsOwners()) {
      assertThat(stranger.registry.unregister("c")).isFalse();
    } else {
      assertThatThrownBy(() -> stranger.registry.unregister("c"))
          .isInstanceOf(NotOwnerException.class);
      assertThat(tested.admin().unregister("c")).isTrue();
    }
    stranger.assertHolds(a.agent().orElseThrow(), b.agent().orElseThrow());
  }

  private static void adminActsOnAll(RegistryUnderTest tested) {
    RegistryScene owner = new RegistryScene(tested);
    AgentRegistry admin = tested.admin();
    owner.register("a");
    assertThat(admin.updateMetadata("a", SEARCHES).revision()).isEqualTo(2);
    assertThat(admin.updateMetadata("a", TRANSLATES, 2).revision()).isEqualTo(3);
    Registration replaced = admin.registerOrReplace("a", owner.service, SEARCHES);
    owner.assertHolds(replaced.agent().orElseThrow());
    assertThat(admin.unregister("a")).isTrue();
    Registration own = admin.register("b", owner.service, Map.of());
    assertThat(admin.lookup("b")).isEqualTo(own.agent());
    assertThat(owner.registry.unregister("b")).as("by the owner of its service").isTrue();
    owner.assertHolds();
  }
}

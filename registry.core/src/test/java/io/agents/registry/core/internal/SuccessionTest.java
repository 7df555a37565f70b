package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.Registration;
import io.agents.registry.spi.Inheritance;
import io.agents.registry.testkit.FelixFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a registry leaves, and what becomes of it: R18. */
class SuccessionTest {

  private static FelixFixture felix;

  private final Scene scene = Scene.onLegacy();

  @BeforeAll
  static void start() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stop() {
    felix.close();
  }

  private static Estate claimed() {
    return new Succession(felix.context()).claim();
  }

  private static void leave(Inheritance inheritance) {
    new Succession(felix.context()).leave(inheritance);
  }

  @Test // R18.1, R18.4
  void whatIsLeftIsClaimedOnce() {
    scene.registerMany("a", 5);
    scene.register("b");
    scene.registry.unregister("b");
    List<Agent> before = scene.registry.agents();
    leave(scene.core.end());
    Estate estate = claimed();
    assertThat(estate.agents()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(estate.lastRegistration()).isEqualTo(6);
    assertThat(claimed()).isEqualTo(Estate.NONE);
    assertThat(felix.context().getServiceReference(Inheritance.class)).isNull();
  }

  @Test // R18.2
  void oneWhoseOwnerIsGoneIsNotClaimed() {
    scene.register("a");
    scene.owners.unregister(scene.service);
    leave(scene.core.end());
    assertThat(claimed()).isEqualTo(new Estate(List.of(), 1));
  }

  @Test // R18.1
  void ofSeveralThatHaveEndedEachLeavesWhatTheOthersDoNot() {
    Scene other = Scene.onEts();
    scene.registerMany("a", 2);
    other.registerMany("a", 3);
    leave(scene.core.end());
    leave(other.core.end());
    Estate estate = claimed();
    assertThat(estate.agents()).extracting(Agent::id).containsExactlyInAnyOrder("a0", "a1", "a2");
    assertThat(estate.lastRegistration()).isEqualTo(3);
  }

  @Test // R18.6
  void whatWasWithdrawnIsNotClaimedAndWhatWasClaimedIsNotWithdrawn() {
    scene.registerMany("a", 2);
    Inheritance inheritance = scene.core.end();
    assertThat(inheritance.withdraw(1)).isTrue();
    assertThat(inheritance.withdraw(1)).isTrue();
    assertThat(inheritance.claim()).extracting(Agent::registration).containsExactly(2L);
    assertThat(inheritance.claim()).as("what is claimed once more").isEmpty();
    assertThat(inheritance.withdraw(2)).isFalse();
    inheritance.offer(felix.context());
    assertThat(felix.context().getServiceReference(Inheritance.class))
        .as("an offer that comes too late")
        .isNull();
  }

  @Test // R18.6
  void whatIsClosedAtTheEndIsNotClaimed() {
    Registration one = scene.registry.register("a", scene.service, Map.of());
    Registration other = scene.registry.register("b", scene.service, Map.of());
    Inheritance inheritance = scene.core.end();
    one.close();
    assertThat(inheritance.claim())
        .as("agents that are left")
        .extracting(Agent::id)
        .containsExactly("b");
    assertThatThrownBy(other::close).isInstanceOf(IllegalStateException.class);
  }

  @Test // R18.1, R1.15
  void whatWasInheritedCountsInQuotas() {
    scene.registerMany("a", 2);
    List<Agent> before = scene.registry.agents();
    RegistryCore successor =
        new RegistryCore(QuotasTest.quotas(2, Settings.UNLIMITED), new Estate(before, 2));
    AgentRegistry registry = successor.registryFor(scene.bundle);
    assertThatThrownBy(() -> registry.register("b", scene.service, Map.of()))
        .isInstanceOf(QuotaExceededException.class);
    assertThat(registry.unregister("a0")).isTrue();
    Registration next = registry.register("b", scene.service, Map.of());
    assertThat(next.number()).as("the number of the next registration").isEqualTo(3);
    successor.close();
  }

  @Test // R18.1
  void aBrokenBackendLosesWhatItDoesNotGive() {
    scene.registerMany("a", 2);
    scene.legacy.failAt(TestBackend.Call.FOR_EACH, 1);
    assertThat(scene.core.end().claim()).isEmpty();
    assertThat(scene.legacy.isEmpty()).isTrue();
  }

  @Test // R18.5
  void whoEndsTwiceLeavesOnce() {
    scene.register("a");
    assertThat(scene.core.end()).isSameAs(scene.core.end());
    assertThatThrownBy(() -> scene.registry.count()).isInstanceOf(IllegalStateException.class);
  }
}

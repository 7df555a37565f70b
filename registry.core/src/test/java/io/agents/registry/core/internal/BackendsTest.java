package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which backend is active, in all orders in which Declarative Services may tell: R11.7 to R12.3.
 */
class BackendsTest {

  private final Scene scene = new Scene();
  private final Backends backends = scene.core.backends();
  private final NamedBackend legacy = scene.legacy.named("legacy");
  private final NamedBackend ets = scene.ets.named("ets");

  @BeforeEach
  void fill() {
    scene.registerMany("a", 10);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test // R12.1, R12.2
  void withoutBackendTheRegistryServesAndSaysSo() {
    RegistryStatus status = scene.core.status();
    assertThat(status.implementation()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(status.awaited()).contains("no backend is there");
    assertThat(status.available()).isEmpty();
    assertThat(status.isHealthy()).isFalse();
    assertThat(status.agents()).isEqualTo(10);
  }

  @ParameterizedTest // R12.3
  @ValueSource(booleans = {true, false})
  void theFirstBackendIsHandedEverything(boolean wantedFirst) {
    List<Agent> before = scene.registry.agents();
    if (wantedFirst) {
      backends.wanted(legacy);
      backends.appeared(legacy);
    } else {
      backends.appeared(legacy);
      backends.wanted(legacy);
    }
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo("legacy");
    assertThat(scene.core.status().isHealthy()).isTrue();
    assertThat(scene.core.swaps()).hasSize(1);
    assertThat(scene.lastSwap().from()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
  }

  @ParameterizedTest // R11.7
  @ValueSource(booleans = {true, false})
  void theOnlyBackendThatStopsIsEmptiedBeforeItsUnbindReturns(boolean unwantedFirst) {
    backends.appeared(ets);
    backends.wanted(ets);
    List<Agent> before = scene.registry.agents();
    if (unwantedFirst) {
      backends.unwanted(ets.backend());
      backends.gone(ets.backend());
    } else {
      backends.gone(ets.backend());
      backends.unwanted(ets.backend());
    }
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(scene.ets.isEmpty()).isTrue();
    assertThat(scene.ets.hasHandler()).isFalse();
    assertThat(scene.core.swaps()).hasSize(2);
  }

  @Test // R11.7
  void aBackendThatStopsIsFollowedByTheOneThatIsBoundInstead() {
    backends.appeared(legacy);
    backends.appeared(ets);
    backends.wanted(ets);
    List<Agent> before = scene.registry.agents();
    backends.wanted(legacy);
    backends.unwanted(ets.backend());
    backends.gone(ets.backend());
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo("legacy");
    assertThat(scene.core.swaps()).hasSize(2);
  }

  @Test // R11.7
  void aBackendThatIsToldGoneBeforeItsSuccessorIsBoundLosesNothing() {
    backends.appeared(legacy);
    backends.appeared(ets);
    backends.wanted(ets);
    List<Agent> before = scene.registry.agents();
    backends.gone(ets.backend());
    backends.wanted(legacy);
    backends.unwanted(ets.backend());
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo("legacy");
  }

  @Test // R11.7
  void aBackendThatBecomesActiveWhenItIsGoneAlreadyIsLeftAgain() {
    backends.appeared(ets);
    backends.gone(ets.backend());
    backends.wanted(ets);
    List<Agent> before = scene.registry.agents();
    backends.unwanted(ets.backend());
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(scene.ets.isEmpty()).isTrue();
  }

  @Test // R11.8
  void aTargetThatMatchesNothingLeavesTheActiveBackend() {
    backends.appeared(legacy);
    backends.target("(registry.implementation=legacy)");
    backends.wanted(legacy);
    backends.target("(registry.implementation=ets)");
    backends.unwanted(legacy.backend());
    assertThat(scene.active()).isEqualTo("legacy");
    RegistryStatus status = scene.core.status();
    assertThat(status.awaited()).contains("no backend matches (registry.implementation=ets)");
    assertThat(status.targetFilter()).isEqualTo("(registry.implementation=ets)");
    assertThat(status.available()).containsExactly("legacy");
    List<Agent> before = scene.registry.agents();
    backends.gone(legacy.backend());
    assertThat(scene.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    scene.assertHolds(before);
    backends.wanted(ets);
    assertThat(scene.active()).isEqualTo("ets");
    scene.assertHolds(before);
  }

  @Test // R11.5, R11.7
  void afterAnAbandonedSwapTheOldBackendIsStillWatched() {
    abandonSwapToEts();
    List<Agent> before = scene.registry.agents();
    backends.gone(legacy.backend());
    assertThat(scene.active()).as("the next attempt works").isEqualTo("ets");
    scene.assertHolds(before);
    assertThat(scene.legacy.isEmpty()).isTrue();
  }

  @Test // R11.5, R11.7
  void aBackendThatFailsAgainIsPassedOverForTheOwnStore() {
    abandonSwapToEts();
    List<Agent> before = scene.registry.agents();
    scene.ets.failAt(Call.PUT, 3);
    backends.gone(legacy.backend());
    assertThat(scene.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    scene.assertHolds(before);
    assertThat(scene.core.status().awaited().orElseThrow()).contains("abandoned");
  }

  @Test // R11.5
  void anAbandonedSwapIsTriedAgainWhenTheTargetIsSetAgain() {
    abandonSwapToEts();
    backends.target("(registry.implementation=ets)");
    assertThat(scene.active()).isEqualTo("ets");
    assertThat(scene.core.status().awaited()).isEmpty();
    assertThat(scene.core.status().isHealthy()).isTrue();
  }

  @Test // R11.5
  void anAbandonedSwapIsNotTriedAgainOnTheWayToAnotherTarget() {
    abandonSwapToEts();
    int swaps = scene.core.swaps().size();
    backends.target("(registry.implementation=legacy)");
    backends.wanted(legacy);
    backends.unwanted(ets.backend());
    assertThat(scene.core.swaps()).hasSize(swaps);
    assertThat(scene.active()).isEqualTo("legacy");
    assertThat(scene.core.status().awaited()).isEmpty();
  }

  @Test // R11.5
  void anAbandonedSwapIsTriedAgainWhenTheBackendReturns() {
    abandonSwapToEts();
    backends.unwanted(ets.backend());
    backends.gone(ets.backend());
    NamedBackend returned = TestBackend.thatMonitors().named("ets");
    backends.appeared(returned);
    backends.wanted(returned);
    assertThat(scene.active()).isEqualTo("ets");
    assertThat(scene.registry.count()).isEqualTo(10);
  }

  @Test // R11.7
  void aBrokenBackendFromWhichNothingCanBeTakenServesOnUntilItCan() {
    backends.appeared(legacy);
    backends.wanted(legacy);
    List<Agent> before = scene.registry.agents();
    scene.legacy.failAt(Call.FOR_EACH, 1);
    backends.unwanted(legacy.backend());
    backends.gone(legacy.backend());
    assertThat(scene.lastSwap().outcome()).isEqualTo(Outcome.ABANDONED);
    scene.assertHolds(before);
    backends.wanted(ets);
    assertThat(scene.active()).isEqualTo("ets");
    scene.assertHolds(before);
  }

  @Test // R18.8
  void aClosedRegistryLeavesNothingInTheBackend() {
    backends.appeared(ets);
    backends.wanted(ets);
    scene.core.close();
    assertThat(scene.ets.isEmpty()).isTrue();
    assertThat(scene.ets.hasHandler()).isFalse();
    backends.unwanted(ets.backend());
    backends.gone(ets.backend());
    assertThat(scene.core.swaps()).hasSize(1);
  }

  private void abandonSwapToEts() {
    backends.appeared(legacy);
    backends.appeared(ets);
    backends.target("(registry.implementation=legacy)");
    backends.wanted(legacy);
    scene.ets.failAt(Call.PUT, 3);
    backends.target("(registry.implementation=ets)");
    backends.wanted(ets);
    backends.unwanted(legacy.backend());
    assertThat(scene.lastSwap().outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(scene.active()).isEqualTo("legacy");
  }
}

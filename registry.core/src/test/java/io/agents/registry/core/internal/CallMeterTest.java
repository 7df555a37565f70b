package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.Operation;
import io.agents.registry.core.internal.Settings.Mirroring;
import io.agents.registry.core.internal.TestBackend.Call;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of calls: R17. */
class CallMeterTest {

  private final Scene scene = Scene.onLegacy();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test // R17.1
  void callsAreCountedByOperationAndByWhoServedThem() {
    scene.registerMany("a", 10);
    scene.registry.updateMetadata("a1", Map.of());
    scene.registry.unregister("a2");
    scene.registry.agents();
    scene.registry.count();
    scene.registry.findByAttribute("capability", "translation");
    scene.toEts();
    scene.register("late");
    CallStatistics calls = scene.core.calls();
    assertThat(calls.of("legacy", Operation.REGISTER).calls()).isEqualTo(10);
    assertThat(calls.of("legacy", Operation.UPDATE).calls()).isEqualTo(1);
    assertThat(calls.of("legacy", Operation.UNREGISTER).calls()).isEqualTo(1);
    assertThat(calls.of("legacy", Operation.LIST).calls()).isEqualTo(1);
    assertThat(calls.of("legacy", Operation.COUNT).calls()).isEqualTo(1);
    assertThat(calls.of("legacy", Operation.QUERY).calls()).isEqualTo(1);
    assertThat(calls.of("ets", Operation.REGISTER).calls()).isEqualTo(1);
    assertThat(calls.of(Operation.REGISTER).calls()).isEqualTo(11);
    assertThat(calls.since(calls).of("legacy", Operation.REGISTER)).isEqualTo(Calls.NONE);
  }

  @Test // R17.2
  void lookupsAreEstimated() {
    scene.register("a");
    int lookups = 400_000;
    for (int i = 0; i < lookups; i++) {
      scene.agent("a");
    }
    Calls calls = scene.core.calls().of("legacy", Operation.LOOKUP);
    assertThat(calls.calls()).isCloseTo(lookups, within(lookups / 5L));
    assertThat(calls.latencies().count()).isLessThan(lookups / 100);
    assertThat(calls.errors()).isZero();
  }

  @Test // R17.3
  void latenciesAreThoseOfTheCalls() {
    scene.register("a");
    long pause = TimeUnit.MILLISECONDS.toNanos(2);
    scene.legacy.answerLookups(
        agent -> {
          LockSupport.parkNanos(pause);
          return agent;
        });
    for (int i = 0; i < 200; i++) {
      scene.registry.updateMetadata("a", Map.of("n", i));
    }
    Calls updates = scene.core.calls().of("legacy", Operation.UPDATE);
    assertThat(updates.calls()).isEqualTo(200);
    assertThat(updates.latencies().count()).as("a sample").isBetween(1L, 100L);
    assertThat(updates.latencies().percentileNanos(50)).isGreaterThan(pause);
  }

  @Test // R17.4
  void everyFailureOfTheBackendIsCounted() {
    scene.register("a");
    for (int i = 1; i <= 3; i++) {
      scene.legacy.failAt(Call.LOOKUP, 1);
      assertThatThrownBy(() -> scene.agent("a")).isInstanceOf(IllegalStateException.class);
    }
    scene.legacy.failAt(Call.PUT, 1);
    assertThatThrownBy(() -> scene.register("b")).isInstanceOf(IllegalStateException.class);
    scene.legacy.failAt(Call.REPLACE, 1);
    assertThatThrownBy(() -> scene.registry.updateMetadata("a", Map.of()))
        .isInstanceOf(IllegalStateException.class);
    scene.legacy.failAt(Call.REMOVE, 1);
    assertThatThrownBy(() -> scene.registry.unregister("a"))
        .isInstanceOf(IllegalStateException.class);
    scene.legacy.failAt(Call.SIZE, 1);
    assertThatThrownBy(() -> scene.registry.count()).isInstanceOf(IllegalStateException.class);
    CallStatistics calls = scene.core.calls();
    assertThat(calls.of("legacy", Operation.LOOKUP).errors()).isEqualTo(3);
    assertThat(calls.of("legacy", Operation.LOOKUP).calls()).isGreaterThanOrEqualTo(3);
    for (Operation one :
        new Operation[] {
          Operation.REGISTER, Operation.UPDATE, Operation.UNREGISTER, Operation.COUNT
        }) {
      assertThat(calls.of("legacy", one).errors()).as("%s", one).isEqualTo(1);
    }
  }

  @Test // R17.4
  void aRefusalIsNoFailure() {
    scene.register("a");
    assertThatThrownBy(() -> scene.register("a"))
        .isInstanceOf(AgentAlreadyRegisteredException.class);
    assertThatThrownBy(() -> scene.registry.updateMetadata("nobody", Map.of()))
        .isInstanceOf(AgentNotFoundException.class);
    scene.core.close();
    assertThatThrownBy(() -> scene.register("b")).isInstanceOf(IllegalStateException.class);
    for (Operation one : Operation.values()) {
      assertThat(scene.core.calls().of(one).errors()).as("%s", one).isZero();
    }
  }

  @Test // R17.5
  void nothingIsMeasuredWhenThatIsTurnedOff() {
    scene.core.settings(Settings.DEFAULT.with(Mirroring.DEFAULT, false));
    scene.register("a");
    scene.registry.agents();
    assertThat(scene.core.calls().byImplementation()).isEmpty();
    assertThat(scene.core.routing().route().watch()).as("what a lookup looks at").isNull();
  }
}

package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.ServiceReference;

/** One hand-over, step by step: R11.1 to R11.6, R11.10, R11.11, R10.14. */
class HandOverTest {

  private static final int AGENTS = 20;

  private final Scene scene = Scene.onLegacy();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test // R11.1, R11.6, R11.10, R11.11
  void everyAgentIsThereAsItWas() {
    scene.registerMany("a", AGENTS);
    scene.registry.updateMetadata("a3", Map.of("capability", "search"));
    List<Agent> before = scene.registry.agents();
    SwapReport report = scene.toEts();
    scene.assertHolds(before);
    assertThat(scene.legacy.isEmpty()).as("the former backend is empty").isTrue();
    assertThat(scene.legacy.hasHandler()).isFalse();
    assertThat(scene.ets.hasHandler()).isTrue();
    assertThat(report.number()).isEqualTo(2);
    assertThat(report.from()).isEqualTo("legacy");
    assertThat(report.to()).isEqualTo("ets");
    assertThat(report.agentsBefore()).isEqualTo(AGENTS);
    assertThat(report.agentsAfter()).isEqualTo(AGENTS);
    assertThat(report.dropped()).isZero();
    assertThat(report.mended()).isZero();
    assertThat(report.durationNanos()).isPositive();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.reason()).isEmpty();
  }

  @Test // R11.3
  void anAgentThatIsRemovedWhileItIsCopiedIsNotRevived() {
    scene.registerMany("a", AGENTS);
    List<String> removed = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        5,
        agent -> {
          assertThat(scene.registry.unregister(agent.id())).isTrue();
          removed.add(agent.id());
        });
    SwapReport report = scene.toEts();
    assertThat(removed).hasSize(1);
    assertThat(scene.agent(removed.get(0))).isNull();
    assertThat(scene.registry.count()).isEqualTo(AGENTS - 1);
    assertThat(report.mended()).as("the removal is carried over, not mended").isZero();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test // R11.3
  void anAgentThatIsUpdatedWhileItIsCopiedKeepsItsUpdate() {
    scene.registerMany("a", AGENTS);
    List<Agent> updated = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        5,
        agent -> updated.add(scene.registry.updateMetadata(agent.id(), Map.of("step", 2))));
    scene.toEts();
    assertThat(active()).isEqualTo("ets");
    assertThat(scene.agent(updated.get(0).id())).isEqualTo(updated.get(0));
    assertThat(scene.registry.count()).isEqualTo(AGENTS);
  }

  @Test // R11.3
  void anAgentThatIsReplacedWhileItIsCopiedStaysReplaced() {
    scene.registerMany("a", AGENTS);
    List<Agent> replaced = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        5,
        agent ->
            replaced.add(
                scene
                    .registry
                    .registerOrReplace(agent.id(), scene.service, Map.of("new", true))
                    .agent()
                    .orElseThrow()));
    scene.toEts();
    assertThat(active()).isEqualTo("ets");
    assertThat(scene.agent(replaced.get(0).id())).isEqualTo(replaced.get(0));
  }

  @Test // R11.2, R11.12
  void anAgentThatIsRegisteredMeanwhileIsThereBeforeAndAfter() {
    scene.registerMany("a", AGENTS);
    List<Agent> during = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        5,
        agent -> {
          scene.register("late");
          assertThat(scene.core.status().swapUnderWay()).isTrue();
          during.addAll(scene.registry.findByAttribute("capability", "translation"));
        });
    scene.toEts();
    assertThat(during).hasSize(AGENTS + 1);
    scene.assertHolds(during);
  }

  @ParameterizedTest(name = "{0} number {1} of the next backend") // R11.5
  @CsvSource({
    "CLEAR,1",
    "SET_HANDLER,1",
    "PUT,1",
    "PUT,10",
    "PUT,20",
    "LOOKUP,1",
    "LOOKUP,20",
    "SIZE,1",
    "SIZE,2"
  })
  void aNextBackendThatThrowsLeavesTheOldOneComplete(Call call, int number) {
    scene.registerMany("a", AGENTS);
    List<Agent> before = scene.registry.agents();
    scene.ets.failAt(call, number);
    SwapReport report = scene.toEts();
    assertAbandoned(report, before, call + " fails on purpose");
    assertThat(scene.toEts().outcome()).as("the next attempt").isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
  }

  @ParameterizedTest(name = "{0} number {1} of the former backend") // R11.5
  @CsvSource({"FOR_EACH,1", "SIZE,1", "SIZE,2", "SIZE,3", "LOOKUP,5"})
  void aFormerBackendThatThrowsServesOn(Call call, int number) {
    scene.registerMany("a", AGENTS);
    List<Agent> before = scene.registry.agents();
    scene.legacy.failAt(call, number);
    assertAbandoned(scene.toEts(), before, call + " fails on purpose");
    assertThat(scene.toEts().outcome()).as("the next attempt").isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
  }

  @ParameterizedTest(name = "{0} of the mirror") // R11.5, R11.2
  @CsvSource({"PUT", "REPLACE", "REMOVE"})
  void aWriteThatTheMirrorFailsToRepeatStaysAccepted(Call call) {
    scene.registerMany("a", AGENTS);
    List<Agent> after = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        AGENTS,
        agent -> {
          scene.ets.failAt(call, 1);
          String copied =
              scene.registry.agents().stream()
                  .map(Agent::id)
                  .filter(id -> !id.equals(agent.id()))
                  .findFirst()
                  .orElseThrow();
          switch (call) {
            case REPLACE -> scene.registry.updateMetadata(copied, Map.of("step", 2));
            case REMOVE -> scene.registry.unregister(copied);
            default -> scene.register("late");
          }
          after.addAll(scene.registry.agents());
        });
    assertAbandoned(scene.toEts(), after, call + " fails on purpose");
    assertThat(scene.toEts().outcome()).as("the next attempt").isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(after);
  }

  @Test // R11.5
  void aDifferenceThatCannotBeMendedAbandonsTheSwap() {
    scene.registerMany("a", AGENTS);
    List<Agent> before = scene.registry.agents();
    scene.ets.lose("a7");
    assertAbandoned(scene.toEts(), before, "a7");
  }

  @Test // R11.6, R10.14, R10.6
  void agentsOfOwnersThatAreGoneAreDroppedAndTold() {
    ServiceReference<?> other = scene.owners.newService();
    scene.registerMany("a", 3);
    scene.registry.register("dead1", other, Map.of());
    scene.registry.register("dead2", other, Map.of());
    scene.owners.unregister(other);
    assertThat(scene.core.status().agentsWithOwnerGone()).isEqualTo(2);
    RecordingListener listener = scene.listen();
    SwapReport report = scene.toEts();
    assertThat(report.agentsBefore()).isEqualTo(5);
    assertThat(report.dropped()).isEqualTo(2);
    assertThat(report.agentsAfter()).isEqualTo(3);
    assertThat(listener.awaitEvents(2))
        .allSatisfy(
            event -> {
              assertThat(event.type()).isEqualTo(RegistryEvent.Type.UNREGISTERED);
              assertThat(event.reason()).isEqualTo(Optional.of(Reason.OWNER_GONE));
            })
        .extracting(event -> event.agent().id())
        .containsExactlyInAnyOrder("dead1", "dead2");
    assertThat(scene.agent("dead1")).isNull();
    scene.toLegacy();
    assertThat(scene.agent("dead1")).as("after going back").isNull();
    assertThat(listener.events()).hasSize(2);
  }

  @Test // R11.6, R10.6
  void anOwnerThatGoesDuringTheCopyIsDroppedAtTheSwitchAndToldOnce() {
    ServiceReference<?> other = scene.owners.newService();
    scene.registerMany("a", AGENTS);
    scene.registry.register("going", other, Map.of());
    RecordingListener listener = scene.listen();
    List<Agent> during = new ArrayList<>();
    scene.ets.before(
        Call.LOOKUP,
        1,
        none -> {
          scene.owners.unregister(other);
          during.add(scene.agent("going"));
        });
    SwapReport report = scene.toEts();
    assertThat(during).as("legacy does not look").doesNotContainNull();
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(scene.agent("going")).isNull();
    listener.awaitEvents(1);
    scene.register("last");
    assertThat(listener.awaitEvents(2))
        .extracting(event -> event.agent().id())
        .containsExactly("going", "last");
  }

  @Test // R11.3, R7.3
  void anOwnerThatGoesWhileItsBackendIsLeftIsGoneOnBothSides() {
    scene.toEts();
    ServiceReference<?> other = scene.owners.newService();
    scene.registerMany("a", AGENTS);
    scene.registry.register("going", other, Map.of());
    RecordingListener listener = scene.listen();
    scene.legacy.before(Call.LOOKUP, 1, none -> scene.owners.unregister(other));
    SwapReport report = scene.toLegacy();
    assertThat(report.dropped()).isZero();
    assertThat(scene.agent("going")).isNull();
    assertThat(scene.registry.count()).isEqualTo(AGENTS);
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.reason().orElseThrow())
        .containsExactly(Reason.OWNER_GONE);
  }

  @Test // R10.14
  void aSwapWithoutDeadOwnersIsNoEvent() {
    scene.registerMany("a", AGENTS);
    RecordingListener listener = scene.listen();
    scene.toEts();
    scene.toLegacy();
    scene.register("last");
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.agent().id())
        .containsExactly("last");
    assertThat(listener.presentations()).hasSize(1);
  }

  @Test // R11.11
  void aFormerBackendThatCannotBeClearedDoesNotStopTheSwap() {
    scene.registerMany("a", AGENTS);
    List<Agent> before = scene.registry.agents();
    scene.legacy.failAt(Call.CLEAR, 1);
    assertThat(scene.toEts().outcome()).isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
    assertThat(scene.toLegacy().outcome()).isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
  }

  @Test // R11.10
  void asManyReportsAreKeptAsConfigured() {
    Settings few =
        new Settings(
            256,
            Settings.DEFAULT.metadata(),
            Settings.DEFAULT.query(),
            10_000,
            3,
            Settings.UNLIMITED,
            Settings.UNLIMITED);
    scene.core.settings(few);
    for (int i = 0; i < 4; i++) {
      scene.toEts();
      scene.toLegacy();
    }
    assertThat(scene.core.swaps()).extracting(SwapReport::number).containsExactly(7L, 8L, 9L);
  }

  private String active() {
    return scene.active();
  }

  private void assertAbandoned(SwapReport report, List<Agent> expected, String reason) {
    assertThat(report.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(report.reason()).contains(reason);
    assertThat(active()).isEqualTo("legacy");
    assertThat(scene.core.status().awaited().orElseThrow()).contains("ets", "abandoned");
    assertThat(scene.core.status().isHealthy()).isFalse();
    assertThat(scene.ets.isEmpty()).as("the next backend is empty").isTrue();
    assertThat(scene.ets.hasHandler()).isFalse();
    scene.assertHolds(expected);
  }
}

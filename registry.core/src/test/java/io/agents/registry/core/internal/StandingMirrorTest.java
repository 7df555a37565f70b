package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.MirrorStatus.State;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.ServiceReference;

/** A backend that is kept in step with the active one, and changes roles with it: R15. */
class StandingMirrorTest {

  private static final int AGENTS = 20;
  private static final String WITHOUT_COPY = "agents that were stored by the change of roles";

  private final Scene scene = Scene.onLegacy();

  @BeforeEach
  void fill() {
    scene.registerMany("a", AGENTS);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test // R15.1
  void nothingIsMirroredUnlessItIsConfigured() {
    assertThat(scene.mirror()).isEqualTo(MirrorStatus.NONE);
    scene.register("late");
    assertThat(scene.ets.isEmpty()).isTrue();
  }

  @Test // R15.1, R15.2
  void theMirrorHoldsWhatTheActiveBackendHolds() {
    mirrorToEts();
    scene.register("late");
    scene.registry.updateMetadata("a1", Map.of("step", 2));
    scene.registry.unregister("a2");
    scene.registry.registerOrReplace("a3", scene.service, Map.of("new", true));
    assertInStep(scene.ets);
    assertThat(scene.ets.holds("a1").revision()).isEqualTo(2);
    assertThat(scene.active()).isEqualTo("legacy");
    assertThat(scene.core.swaps()).as("a mirror is no swap").hasSize(1);
  }

  @Test // R15.3
  void aChangeOfRolesCopiesNothingAndKeepsEverything() {
    mirrorToEts();
    scene.register("late");
    List<Agent> before = scene.registry.agents();
    scene.configure("ets", "legacy");
    scene.ets.before(Call.PUT, 1, agent -> failing(WITHOUT_COPY));
    scene.legacy.before(Call.PUT, 1, agent -> failing(WITHOUT_COPY));
    SwapReport report = scene.toEts();
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
    scene.ets.before(Call.PUT, 1, agent -> {});
    scene.legacy.before(Call.PUT, 1, agent -> {});
    scene.assertHolds(before);
    assertThat(scene.active()).isEqualTo("ets");
    assertThat(scene.mirror()).isEqualTo(new MirrorStatus("legacy", State.IN_STEP, ""));
    scene.register("later");
    scene.registry.unregister("a5");
    assertInStep(scene.legacy);
  }

  @Test // R15.10
  void theMirrorServesAtOnceAndWhatTheTargetFilterSaysThenChangesNothing() {
    mirrorToEts();
    scene.configure("ets", "legacy");
    scene.toEts();
    scene.register("late");
    List<Agent> before = scene.registry.agents();
    scene.legacy.before(Call.PUT, 1, agent -> failing(WITHOUT_COPY));
    assertThat(scene.core.backends().exchangeNow("legacy")).isTrue();
    assertThat(scene.active()).isEqualTo("legacy");
    assertThat(scene.lastSwap().evidence().agrees()).isTrue();
    scene.configure("ets", "legacy");
    assertThat(scene.active()).as("with the former configuration").isEqualTo("legacy");
    int swaps = scene.core.swaps().size();
    scene.configure("legacy", "ets");
    scene.toLegacy();
    assertThat(scene.core.swaps()).as("another exchange").hasSize(swaps);
    assertThat(scene.mirror()).isEqualTo(new MirrorStatus("ets", State.IN_STEP, ""));
    scene.assertHolds(before);
    scene.configure("ets", "legacy");
    assertThat(scene.toEts().outcome()).as("and back").isEqualTo(Outcome.COMPLETED);
  }

  @Test // R15.10
  void onlyAMirrorInStepServesAtOnce() throws Exception {
    assertThat(scene.core.backends().exchangeNow("ets")).as("without a mirror").isFalse();
    mirrorToEts();
    assertThat(scene.core.backends().exchangeNow("third")).as("of another name").isFalse();
    assertThat(scene.core.backends().exchangeNow("legacy")).as("that is active").isFalse();
    List<Boolean> meanwhile = new ArrayList<>();
    scene.ets.before(
        Call.CLEAR,
        1,
        none -> {
          Thread other = new Thread(() -> meanwhile.add(scene.core.backends().exchangeNow("ets")));
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    scene.configure("legacy", "");
    assertThat(meanwhile).as("while the mirror is ended").containsExactly(false);
    assertThat(scene.active()).isEqualTo("legacy");
  }

  @Test // R15.3
  void rolesChangeAsOftenAsAskedFor() {
    mirrorToEts();
    for (int i = 0; i < 6; i++) {
      boolean toEts = i % 2 == 0;
      scene.configure(toEts ? "ets" : "legacy", toEts ? "legacy" : "ets");
      scene.register("round" + i);
      SwapReport report = toEts ? scene.toEts() : scene.toLegacy();
      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
      assertThat(report.evidence().agrees()).isTrue();
      scene.registry.updateMetadata("round" + i, Map.of("step", i));
      assertInStep(toEts ? scene.legacy : scene.ets);
    }
    assertThat(scene.registry.count()).isEqualTo(AGENTS + 6);
  }

  @Test // R15.4
  void goingBackWithoutAMirrorClearsTheFormerBackend() {
    mirrorToEts();
    scene.configure("ets", "legacy");
    scene.toEts();
    List<Agent> before = scene.registry.agents();
    scene.configure("legacy", "");
    assertThat(scene.mirror()).as("before the new target is bound").isEqualTo(MirrorStatus.NONE);
    scene.legacy.before(Call.PUT, 1, agent -> failing(WITHOUT_COPY));
    assertThat(scene.toLegacy().outcome()).isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
    assertThat(scene.ets.isEmpty()).isTrue();
    assertThat(scene.ets.hasHandler()).isFalse();
  }

  @Test // R15.5
  void aHandOverByCopyLeavesTheFormerBackendAsMirrorIfItIsConfigured() {
    List<Agent> before = scene.registry.agents();
    scene.configure("ets", "legacy");
    assertThat(scene.mirror())
        .isEqualTo(new MirrorStatus("legacy", State.MISSING, "legacy is the active backend"));
    assertThat(scene.toEts().outcome()).isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
    assertInStep(scene.legacy);
  }

  @Test // R15.4
  void aMirrorThatIsNoLongerConfiguredIsCleared() {
    mirrorToEts();
    scene.configure("legacy", "");
    assertThat(scene.mirror()).isEqualTo(MirrorStatus.NONE);
    assertThat(scene.ets.isEmpty()).isTrue();
    assertThat(scene.ets.hasHandler()).isFalse();
  }

  @ParameterizedTest // R15.6
  @EnumSource(
      value = Call.class,
      names = {"PUT", "REPLACE", "REMOVE"})
  void aMirrorThatFailsFailsNoCallAndSaysSo(Call call) {
    mirrorToEts();
    scene.ets.failAt(call, 1);
    scene.register("late");
    scene.registry.updateMetadata("a1", Map.of("step", 2));
    scene.registry.unregister("a2");
    scene.register("later");
    List<Agent> after = scene.registry.agents();
    assertThat(after).hasSize(AGENTS + 1);
    Eventually.passes(
        "the mirror has failed and is cleared",
        () -> {
          assertThat(scene.mirror().state()).isEqualTo(State.FAILED);
          assertThat(scene.mirror().reason()).contains("ets", call + " fails on purpose");
          assertThat(scene.ets.isEmpty()).isTrue();
        });
    scene.configure("legacy", "ets");
    assertThat(scene.mirror().state()).as("tried again").isEqualTo(State.IN_STEP);
    assertInStep(scene.ets);
  }

  @ParameterizedTest // R15.6
  @CsvSource({"CLEAR,1", "SET_HANDLER,1", "PUT,7", "LOOKUP,7", "SIZE,1"})
  void aMirrorThatCannotBeFilledIsLeftAndTriedAgain(Call call, int number) {
    List<Agent> before = scene.registry.agents();
    scene.ets.failAt(call, number);
    scene.configure("legacy", "ets");
    assertThat(scene.mirror().state()).isEqualTo(State.FAILED);
    assertThat(scene.mirror().reason()).contains(call + " fails on purpose");
    assertThat(scene.ets.isEmpty()).isTrue();
    scene.assertHolds(before);
    scene.core.backends().gone(scene.ets);
    assertThat(scene.mirror().state()).isEqualTo(State.MISSING);
    scene.core.backends().appeared(scene.etsNamed);
    assertInStep(scene.ets);
  }

  @Test // R15.6
  void aMirrorWhoseBundleStopsIsLeftAndComesBack() {
    mirrorToEts();
    scene.core.backends().gone(scene.ets);
    assertThat(scene.mirror())
        .isEqualTo(new MirrorStatus("ets", State.MISSING, "no backend ets is there"));
    assertThat(scene.ets.isEmpty()).isTrue();
    scene.register("late");
    scene.core.backends().appeared(scene.etsNamed);
    assertInStep(scene.ets);
  }

  @ParameterizedTest // R15.7
  @CsvSource({"true", "false"})
  void whenTheActiveBundleStopsTheMirrorTakesOverAtOnce(boolean unwantedFirst) {
    mirrorToEts();
    List<Agent> before = scene.registry.agents();
    scene.ets.before(Call.PUT, 1, agent -> failing(WITHOUT_COPY));
    if (unwantedFirst) {
      scene.core.backends().unwanted(scene.legacy);
    }
    scene.core.backends().gone(scene.legacy);
    if (!unwantedFirst) {
      scene.core.backends().unwanted(scene.legacy);
    }
    assertThat(scene.active()).isEqualTo("ets");
    scene.assertHolds(before);
    assertThat(scene.legacy.isEmpty()).isTrue();
    assertThat(scene.core.status().awaited()).isPresent();
    assertThat(scene.mirror().state()).isEqualTo(State.MISSING);
  }

  @Test // R15.8, R7.3, R10.6
  void anOwnersEndIsRepeatedOnAMirrorThatDoesNotLook() {
    scene.configure("ets", "legacy");
    scene.toEts();
    ServiceReference<?> other = scene.owners.newService();
    scene.registry.register("going", other, Map.of());
    RecordingListener listener = scene.listen();
    assertThat(scene.legacy.holds("going")).isNotNull();
    scene.owners.unregister(other);
    assertThat(scene.agent("going")).isNull();
    assertThat(scene.legacy.holds("going")).as("in the mirror").isNull();
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.reason().orElseThrow())
        .containsExactly(Reason.OWNER_GONE);
    assertInStep(scene.legacy);
  }

  @Test // R15.8, R7.8
  void aMirrorThatLooksDropsWhatTheActiveBackendKeeps() {
    mirrorToEts();
    ServiceReference<?> other = scene.owners.newService();
    scene.registry.register("going", other, Map.of());
    scene.owners.unregister(other);
    assertThat(scene.agent("going")).as("legacy does not look").isNotNull();
    assertThat(scene.ets.holds("going")).isNull();
    RecordingListener listener = scene.listen();
    scene.configure("ets", "legacy");
    SwapReport report = scene.toEts();
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(report.evidence().droppedIds()).containsExactly("going");
    assertThat(report.evidence().agrees()).isTrue();
    assertThat(scene.agent("going")).isNull();
    assertThat(scene.legacy.holds("going")).as("in the mirror").isNull();
    assertThat(listener.awaitEvents(1))
        .extracting(event -> event.agent().id())
        .containsExactly("going");
    scene.configure("legacy", "ets");
    assertThat(scene.toLegacy().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(scene.agent("going")).as("after going back").isNull();
  }

  @Test // R15.3, R11.5
  void aMirrorThatDoesNotHoldWhatItShouldIsNotMadeActiveAsItIs() {
    mirrorToEts();
    List<Agent> before = scene.registry.agents();
    scene.ets.lose("late");
    scene.register("late");
    before = new ArrayList<>(before);
    before.add(scene.agent("late"));
    scene.configure("ets", "legacy");
    scene.toEts();
    List<SwapReport> swaps = scene.core.swaps();
    assertThat(swaps.get(1).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(swaps.get(1).reason()).contains("ets holds 20 agents instead of 21");
    scene.assertHolds(before);
  }

  @Test // R15.1
  void thereIsNoMirrorOfTheOwnStore() {
    scene.core.backends().gone(scene.ets);
    scene.core.backends().unwanted(scene.legacy);
    scene.core.backends().gone(scene.legacy);
    assertThat(scene.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    scene.configure("legacy", "ets");
    scene.core.backends().appeared(scene.etsNamed);
    assertThat(scene.mirror())
        .isEqualTo(new MirrorStatus("ets", State.MISSING, "no backend is active"));
    scene.core.backends().appeared(scene.legacyNamed);
    scene.core.backends().wanted(scene.legacyNamed);
    assertInStep(scene.ets);
  }

  @Test // R15.5
  void anotherBackendThanTheMirrorIsHandedEverythingAndTheMirrorIsFilledAnew() {
    TestBackend third = TestBackend.plain();
    NamedBackend named = third.named("third");
    mirrorToEts();
    List<Agent> before = scene.registry.agents();
    scene.core.backends().appeared(named);
    scene.configure("third", "ets");
    scene.core.backends().wanted(named);
    scene.core.backends().unwanted(scene.legacy);
    assertThat(scene.active()).isEqualTo("third");
    scene.assertHolds(before);
    assertThat(scene.legacy.isEmpty()).isTrue();
    assertInStep(scene.ets);
  }

  @Test // R11.13
  void theReportCanBeCheckedAfterwards() {
    scene.registry.updateMetadata("a3", Map.of("step", 2));
    SwapReport byCopy = scene.toEts();
    assertThat(byCopy.evidence().next().checksum()).isEqualTo(checksum());
    assertThat(byCopy.evidence().former())
        .isEqualTo(new SwapEvidence.Side(AGENTS, checksum(), 0, 0));
    assertThat(byCopy.evidence().next().servicesMonitored()).isEqualTo(1);
    assertThat(byCopy.evidence().next().bundlesMonitored()).isEqualTo(1);
    scene.configure("ets", "legacy");
    scene.register("late");
    scene.registry.unregister("a4");
    scene.configure("legacy", "ets");
    SwapReport byRoles = scene.toLegacy();
    assertThat(byRoles.evidence().next().agents()).isEqualTo(AGENTS);
    assertThat(byRoles.evidence().next().checksum())
        .isEqualTo(checksum())
        .isNotEqualTo(byCopy.evidence().next().checksum());
    assertThat(byRoles.evidence().agrees()).isTrue();
  }

  @Test // R11.13
  void whatIsMendedIsNamed() {
    scene.ets.before(Call.LOOKUP, 1, none -> scene.ets.putStray("a7", scene.agent("a7")));
    SwapReport report = scene.toEts();
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
    assertThat(report.mended()).isEqualTo(1);
    assertThat(report.evidence().mendedIds()).containsExactly("a7");
    assertThat(report.evidence().agrees()).isTrue();
  }

  private long checksum() {
    return scene.registry.agents().stream().mapToLong(SwapEvidence::checksumOf).sum();
  }

  private void mirrorToEts() {
    scene.configure("legacy", "ets");
    assertInStep(scene.ets);
  }

  private void assertInStep(TestBackend mirror) {
    String name = mirror == scene.ets ? "ets" : "legacy";
    assertThat(scene.mirror()).isEqualTo(new MirrorStatus(name, State.IN_STEP, ""));
    List<Agent> active = scene.registry.agents();
    assertThat(mirror.held()).as("agents in the mirror").isEqualTo(active.size());
    for (Agent agent : active) {
      assertThat(mirror.holds(agent.id())).as("in the mirror").isEqualTo(agent);
    }
  }

  private static void failing(String what) {
    throw new IllegalStateException(what);
  }
}

package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.Operation;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.WhyReport;
import io.agents.registry.spi.RegistryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** F3: the rollout in Felix, with its SCR and ConfigurationAdmin, and a registry in name only. */
class RolloutContainerTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String REGISTRY = BackendSelection.REGISTRY_PID;

  @TempDir Path storage;

  private Container container;
  private FakeRegistry registry;
  private ServiceRegistration<?> ets;

  @BeforeEach
  void start() throws Exception {
    container = new Container(storage);
    container.start(this::all);
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  private void all() {
    registry = new FakeRegistry(container);
    container.backend(RegistryBackend.LEGACY);
    ets = container.backend(RegistryBackend.ETS);
  }

  private Rollout rollout() {
    return container.service(Rollout.class);
  }

  private FeatureFlags flags() {
    return container.service(FeatureFlags.class);
  }

  private RolloutStage stage() {
    return rollout().status().stage();
  }

  private void settle() throws Exception {
    container.service(BackendSelection.class).awaitSettled(LONG);
  }

  private Object mirror() throws Exception {
    return container.configured(REGISTRY, RegistryKeys.MIRROR);
  }

  private void awaitActive(String implementation) {
    await(implementation).until(() -> registry.active().equals(implementation));
  }

  private static boolean hasThread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().contains(name));
  }

  /** Enough calls and comparisons to be ready. */
  private void busy(long differences) {
    long[] nanos = new long[2_000];
    Map<Operation, Calls> calls =
        Map.of(Operation.LOOKUP, new Calls(2_000, 0, Latencies.of(nanos)));
    registry.measured(new CallStatistics(Instant.EPOCH, Map.of("ets", calls, "legacy", calls)));
    registry.compared(
        new ComparisonReport(
            5_000 + 10 * differences,
            0,
            differences == 0 ? Map.of() : Map.of(Operation.LOOKUP, Map.of(Kind.EXTRA, differences)),
            0,
            0,
            List.of()));
  }

  /** F3.1, F3.4, F3.5 */
  @Test
  void allStagesForwardAndBack() throws Exception {
    settle();
    busy(0);
    container.configure(Rollout.PID, Map.of("soak.minutes", 0));
    Rollout rollout = rollout().byCommand();
    container.updatesOf(REGISTRY);
    assertThat(rollout.next(Optional.empty(), false, "begin").to()).isEqualTo(RolloutStage.SHADOW);
    assertThat(mirror()).isEqualTo("ets");
    assertThat(container.updatesOf(REGISTRY)).as("writes for one step").hasSize(1);
    await("ready").until(() -> rollout.check().isReady());
    // node-1 is in bucket 843
    RolloutChange change = rollout.next(Optional.of(8.44), false, "some");
    assertThat(change.source()).isEqualTo(Source.COMMAND);
    assertThat(change.forced()).isFalse();
    awaitActive("ets");
    assertThat(mirror()).isEqualTo("legacy");
    await("ready").until(() -> rollout.check().isReady());
    rollout.next(Optional.empty(), false, "all");
    assertThat(stage()).isEqualTo(RolloutStage.FULL);
    await("soak.minutes in force").until(() -> rollout.check().isReady());
    rollout.next(Optional.empty(), false, "finished");
    assertThat(stage()).isEqualTo(RolloutStage.DONE);
    assertThat(mirror()).isNull();
    assertThat(flags().isEnabled(FeatureFlags.USE_ETS)).isTrue();
    rollout.back(RolloutStage.FULL, "not sure");
    assertThat(mirror()).isEqualTo("legacy");
    rollout.back(RolloutStage.OFF, "no");
    awaitActive("legacy");
    assertThat(mirror()).isNull();
    assertThat(rollout.history())
        .extracting(it -> it.to().toString())
        .containsExactly("shadow", "partial 8.44%", "full", "done", "full", "off");
  }

  /** F3.1: the flag alone. */
  @Test
  void theFlagByHandIsStageFull() throws Exception {
    settle();
    flags().enable(FeatureFlags.USE_ETS, "trial");
    awaitActive("ets");
    assertThat(stage()).isEqualTo(RolloutStage.FULL);
    assertThat(mirror()).isEqualTo("legacy");
    assertThat(rollout().history())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.source()).isEqualTo(Source.CALL);
              assertThat(it.reason()).isEqualTo("trial");
            });
    flags().disable(FeatureFlags.USE_ETS, "");
    awaitActive("legacy");
    assertThat(stage()).isEqualTo(RolloutStage.OFF);
  }

  /** F1.5, F3.2: nodes are chosen by name, too, for serving as for the flag. */
  @Test
  void theConditionsOfTheFlagChooseTheNodesThatEtsServes() throws Exception {
    settle();
    container.configure(FeatureFlags.PID, Map.of(FeatureFlags.USE_ETS, "on for node-1, Edge-*"));
    assertThat(flags().isEnabled(FeatureFlags.USE_ETS)).isTrue();
    awaitActive("ets");
    assertThat(stage()).hasToString("partial 100% for node-1,Edge-*");
    assertThat(mirror()).isEqualTo("legacy");
    container.configure(FeatureFlags.PID, Map.of(FeatureFlags.USE_ETS, "on for edge-*"));
    awaitActive("legacy");
    assertThat(flags().isEnabled(FeatureFlags.USE_ETS)).isFalse();
    assertThat(mirror()).isEqualTo("ets");
  }

  /** F3.11 */
  @Test
  void whatIsNotReadyIsRefusedUnlessForced() throws Exception {
    settle();
    Rollout rollout = rollout();
    rollout.next(Optional.empty(), false, "");
    Readiness check = rollout.check();
    assertThat(check.isReady()).isFalse();
    assertThat(check.against())
        .extracting(Readiness.Line::what)
        .anyMatch(s -> s.contains("comparisons"));
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(() -> rollout.next(Optional.empty(), false, ""))
        .withMessageContaining("--force");
    assertThat(stage()).isEqualTo(RolloutStage.SHADOW);
    assertThat(rollout.next(Optional.empty(), true, "I know").forced()).isTrue();
    assertThat(rollout.history().get(1).forced()).isTrue();
  }

  /** F3.3 */
  @Test
  void anIllegalCombinationInAFileChangesNothing() throws Exception {
    settle();
    flags().enable(FeatureFlags.USE_ETS, "");
    awaitActive("ets");
    container.configure(
        FeatureFlags.PID, Map.of(FeatureFlags.USE_ETS, "off", Rollout.RETIRE_LEGACY, "on"));
    assertThat(rollout().status().refused())
        .hasValueSatisfying(s -> assertThat(s).contains(Rollout.RETIRE_LEGACY, "allowed"));
    settle();
    assertThat(registry.active()).isEqualTo("ets");
    assertThat(stage()).isEqualTo(RolloutStage.FULL);
    container.configure(FeatureFlags.PID, Map.of(FeatureFlags.USE_ETS, "off"));
    awaitActive("legacy");
    assertThat(rollout().status().refused()).isEmpty();
  }

  /** F3.8, F3.9, F3.10 */
  @Test
  void theGuardRollsBackAndHoldsAlsoAfterARestart() throws Exception {
    settle();
    busy(0);
    assertThat(hasThread("rollout guard")).as("a guard in stage off").isFalse();
    flags().enable(FeatureFlags.USE_ETS, "");
    awaitActive("ets");
    await("the guard").until(() -> hasThread("rollout guard"));
    await("a look of the guard")
        .during(Duration.ofMillis(500))
        .until(() -> stage().equals(RolloutStage.FULL));
    busy(1);
    await("a rollback")
        .atMost(Duration.ofSeconds(3))
        .until(() -> registry.active().equals("legacy"));
    await("the flags").until(() -> !flags().isEnabled(FeatureFlags.USE_ETS));
    assertThat(rollout().status().hold())
        .hasValueSatisfying(s -> assertThat(s).contains("unexplained differences"));
    await("the end of its thread").until(() -> !hasThread("rollout guard"));
    assertThatExceptionOfType(RolloutRefusedException.class)
        .isThrownBy(() -> rollout().next(Optional.empty(), false, ""))
        .withMessageContaining("holds promotion");
    container.stop();
    container = new Container(storage);
    container.start(this::all);
    settle();
    assertThat(rollout().status().hold()).isPresent();
    assertThat(rollout().history().get(1).source()).isEqualTo(Source.GUARD);
    flags().enable(FeatureFlags.USE_ETS, "");
    assertThat(stage()).as("held").isEqualTo(RolloutStage.OFF);
    assertThat(rollout().why().reasons())
        .extracting(WhyReport.Reason::command)
        .contains("rollout:clear");
    flags().disable(FeatureFlags.USE_ETS, "");
    rollout().clear("mended");
    assertThat(rollout().status().hold()).isEmpty();
  }

  /** F3.7: a call hangs in ConfigurationAdmin, with the lock of the flags. */
  @Test
  void aRollbackDoesNotWaitForCallsThatHang() throws Exception {
    settle();
    flags().enable(FeatureFlags.USE_ETS, "");
    awaitActive("ets");
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ServiceRegistration<?> listener =
        container.register(
            SynchronousConfigurationListener.class,
            event -> {
              if (Thread.currentThread().getName().equals("hanging")) {
                hung.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            },
            Map.of());
    Thread hanging = new Thread(() -> flags().enable(Rollout.MONITORING, "hangs"), "hanging");
    hanging.start();
    hung.await();
    long begin = System.nanoTime();
    RolloutChange change = rollout().rollback("now");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    assertThat(change.to()).isEqualTo(RolloutStage.OFF);
    awaitActive("legacy");
    await("the flag").until(() -> !flags().isEnabled(FeatureFlags.USE_ETS));
    release.countDown();
    hanging.join();
    listener.unregister();
    await("the end of the retreat").until(() -> rollout().status().refused().isEmpty());
    settle();
    assertThat(registry.active()).isEqualTo("legacy");
  }

  /** F3.12 */
  @Test
  void whyNamesWhatIsMissing() throws Exception {
    settle();
    ets.unregister();
    flags().enable(FeatureFlags.USE_ETS, "");
    settle();
    WhyReport why = rollout().why();
    assertThat(why.isAsWanted()).isFalse();
    assertThat(why.reasons())
        .filteredOn(WhyReport.Reason::obstacle)
        .anySatisfy(
            reason -> {
              assertThat(reason.kind()).isEqualTo(WhyReport.Kind.BUNDLE);
              assertThat(reason.what()).contains("'ets'", "not installed");
            });
  }

  /** F3.13 */
  @Test
  void conflictingCommandsLeaveALegalStageAndAHistoryThatExplainsIt() throws Exception {
    settle();
    busy(0);
    long seed = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      Random random = new Random(seed + thread);
      work.add(threads.submit(() -> commands(random)));
    }
    for (Future<?> one : work) {
      one.get();
    }
    threads.shutdown();
    // What was set by hand last may be a combination that is refused; then the stage stays.
    await("the end of the last retreat")
        .until(() -> rollout().status().refused().equals(StageFlags.of(flags().list()).problem()));
    Optional<String> refused = rollout().status().refused();
    List<RolloutChange> history = rollout().history();
    assertThat(history).as("seed %d", seed).isNotEmpty();
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).from())
          .as("seed %d: step %d of %s", seed, i, history)
          .isEqualTo(history.get(i - 1).to());
    }
    RolloutStage stage = stage();
    assertThat(history.get(history.size() - 1).to()).isEqualTo(stage);
    if (refused.isEmpty()) {
      assertThat(StageFlags.of(flags().list()).stage()).as("seed %d", seed).isEqualTo(stage);
    }
    settle();
    Plan plan = Plan.of(stage, "node-1", 100, true);
    awaitActive(plan.serving());
    await("the mirror")
        .until(
            () ->
                String.valueOf(mirror()).equals(plan.mirror().isEmpty() ? "null" : plan.mirror()));
  }

  private void commands(Random random) {
    Rollout rollout = rollout();
    for (int i = 0; i < 25; i++) {
      try {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> rollout.next(Optional.empty(), true, "next");
          case 3 -> rollout.back(RolloutStage.SHADOW, "back");
          case 4 -> rollout.rollback("rollback");
          default -> flags().setPercentage(FeatureFlags.USE_ETS, 50, "by hand");
        }
      } catch (RolloutRefusedException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }
}

package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A swap that fails, at any of its steps: the old backend serves, complete, before, during and
 * after; one line of the log says so; the next attempt succeeds (R11.2, R11.5, R11.10, R11.11).
 */
class FailingSwapTest {

  private static final int AGENTS = 20;
  private static final String ON_PURPOSE = "fails on purpose";

  /** Which call fails: of which backend, and which one of its kind, from 1. */
  private record Step(String backend, Call call, int number) {
    @Override
    public String toString() {
      return call + " number " + number + " of " + backend;
    }
  }

  private final Scene scene = Scene.onLegacy();
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    System.setErr(standardError);
    scene.close();
  }

  /** The bind, the clearing and the copy of each agent, the comparison and the switch. */
  static Stream<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("ets", Call.CLEAR, 1));
    steps.add(new Step("ets", Call.SET_HANDLER, 1));
    IntStream.rangeClosed(1, AGENTS).forEach(k -> steps.add(new Step("ets", Call.PUT, k)));
    // Each agent is compared: read once on either side.
    IntStream.rangeClosed(1, AGENTS).forEach(k -> steps.add(new Step("ets", Call.LOOKUP, k)));
    IntStream.rangeClosed(1, AGENTS).forEach(k -> steps.add(new Step("legacy", Call.LOOKUP, k)));
    steps.add(new Step("legacy", Call.FOR_EACH, 1));
    steps.add(new Step("legacy", Call.SIZE, 1));
    steps.add(new Step("legacy", Call.SIZE, 2));
    steps.add(new Step("legacy", Call.SIZE, 3));
    steps.add(new Step("ets", Call.SIZE, 1));
    steps.add(new Step("ets", Call.SIZE, 2));
    return steps.stream();
  }

  static Stream<Step> stepsOfTheNextBackend() {
    return steps().filter(step -> step.backend().equals("ets"));
  }

  private TestBackend backend(Step step) {
    return step.backend().equals("ets") ? scene.ets : scene.legacy;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void theOldOneServesCompleteAndTheNextAttemptSucceeds(Step step) {
    List<Agent> before = register();
    backend(step).failAt(step.call(), step.number());
    assertAbandoned(capturedSwap(), before, step.call() + " " + ON_PURPOSE);
    assertNextAttempt(before);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aWriteWhileItFailsIsKept(Step step) {
    register();
    backend(step)
        .before(
            step.call(),
            step.number(),
            agent -> {
              scene.registry.unregister("a0");
              scene.registry.updateMetadata("a1", Map.of("step", 2));
              scene.register("late");
              throw new IllegalStateException(step.call() + " " + ON_PURPOSE);
            });
    SwapReport report = capturedSwap();
    List<Agent> after = scene.registry.agents();
    assertThat(after).extracting(Agent::id).contains("late").doesNotContain("a0").hasSize(AGENTS);
    assertThat(scene.agent("a1").revision()).isEqualTo(2);
    assertAbandoned(report, after, step.call() + " " + ON_PURPOSE);
    assertNextAttempt(after);
  }

  @ParameterizedTest
  @MethodSource("stepsOfTheNextBackend")
  void aNextBackendThatDiesAtThatStepIsLeft(Step step) {
    List<Agent> before = register();
    NoClassDefFoundError death = new NoClassDefFoundError("its bundle is gone");
    scene.ets.before(step.call(), step.number(), agent -> scene.ets.die(death));
    SwapReport report = capturedSwap();
    assertThat(report.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(report.reason()).contains("its bundle is gone");
    scene.assertHolds(before);
    assertOneLine("its bundle is gone");
    scene.ets.live();
    assertNextAttempt(before);
  }

  @Test // R11.7
  void aNextBackendWhoseBundleStopsHalfwayTakesNothingAlong() throws Exception {
    List<Agent> before = register();
    List<Thread> stopping = new ArrayList<>();
    scene.ets.before(
        Call.PUT,
        AGENTS / 2,
        agent -> {
          Thread thread =
              new Thread(
                  () -> {
                    scene.core.backends().unwanted(scene.ets);
                    scene.core.backends().gone(scene.ets);
                  },
                  "stops the bundle");
          thread.setDaemon(true);
          thread.start();
          stopping.add(thread);
          scene.assertHolds(before);
        });
    scene.core.backends().wanted(scene.ets.named("ets"));
    stopping.get(0).join(TimeUnit.SECONDS.toMillis(30));
    assertThat(stopping.get(0).isAlive()).as("the bundle has stopped").isFalse();
    assertThat(scene.active()).as("what serves when the bundle is gone").isNotEqualTo("ets");
    assertThat(scene.ets.isEmpty()).isTrue();
    scene.assertHolds(before);
    scene.core.backends().appeared(scene.ets.named("ets"));
    scene.core.backends().wanted(scene.ets.named("ets"));
    assertThat(scene.active()).as("the next attempt").isEqualTo("ets");
    scene.assertHolds(before);
  }

  @Test // R11.11
  void aFormerBackendThatDiesWhenItIsLeftIsToldInOneLine() {
    List<Agent> before = register();
    scene.legacy.before(
        Call.SET_HANDLER,
        1,
        none -> {
          throw new NoClassDefFoundError("its bundle is gone");
        });
    assertThat(capturedSwap().outcome()).isEqualTo(Outcome.COMPLETED);
    scene.assertHolds(before);
    assertOneLine("its bundle is gone");
  }

  private List<Agent> register() {
    scene.registerMany("a", AGENTS);
    return scene.registry.agents();
  }

  /** A swap whose log is kept. */
  private SwapReport capturedSwap() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      return scene.toEts();
    } finally {
      System.setErr(standardError);
    }
  }

  private void assertAbandoned(SwapReport report, List<Agent> expected, String reason) {
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.ABANDONED);
    assertThat(report.reason()).contains(reason);
    RegistryStatus status = scene.core.status();
    assertThat(status.implementation()).isEqualTo("legacy");
    assertThat(status.swapUnderWay()).isFalse();
    assertThat(status.lastSwap()).contains(report);
    assertThat(scene.ets.isEmpty()).as("the next backend is empty").isTrue();
    assertThat(scene.ets.hasHandler()).as("the next backend is left").isFalse();
    scene.assertHolds(expected);
    assertOneLine(reason);
  }

  private void assertOneLine(String reason) {
    List<String> lines =
        log.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("WARN") || line.contains("ERROR"))
            .toList();
    assertThat(lines).as("lines of the log about the failure").hasSize(1);
    assertThat(lines.get(0)).contains(reason).contains("legacy");
  }

  private void assertNextAttempt(List<Agent> expected) {
    assertThat(scene.toEts().outcome()).as("the next attempt").isEqualTo(Outcome.COMPLETED);
    assertThat(scene.active()).isEqualTo("ets");
    scene.assertHolds(expected);
    assertThat(scene.legacy.isEmpty()).as("the former backend is empty").isTrue();
  }
}

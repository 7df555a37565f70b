package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Traffic;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F3.8: a backend that misbehaves is caught, whatever it does. */
@Tag("alone")
@DisplayName("F3.8 The guard of a rollout")
class RolloutGuardTest {

  private static final Map<String, Object> SETTINGS = Map.of("comparison.percent", 100);
  private static final Duration WINDOW = Duration.ofSeconds(10 + 5);

  @Test
  @DisplayName("rolls back from wrong answers to one lookup in 1,000")
  void wrongAnswers() throws Exception {
    inFull(MisbehavingEts.Fault.WRONG_LOOKUPS, "unexplained differences");
  }

  @Test
  @DisplayName("rolls back from exceptions in one call in ten")
  void exceptions() throws Exception {
    inFull(MisbehavingEts.Fault.EXCEPTIONS, "errors of ");
  }

  @Test
  @DisplayName("rolls back from delays of 20 ms")
  void delays() throws Exception {
    inFull(MisbehavingEts.Fault.DELAYS, "p99 of ");
  }

  @Test
  @DisplayName("rolls back from a copy that fails")
  void failingCopy() throws Exception {
    inShadow(MisbehavingEts.Fault.FAILING_COPY);
  }

  @Test
  @DisplayName("rolls back from a copy that hangs")
  void hangingCopy() throws Exception {
    inShadow(MisbehavingEts.Fault.HANGING_COPY);
  }

  private static void inFull(MisbehavingEts.Fault fault, String figure) throws Exception {
    try (RolloutScene scene = new RolloutScene(SETTINGS)) {
      try (Readers readers = new Readers(scene)) {
        // Enough that a baseline can be measured of a sample.
        readers.awaitReads(30_000);
        scene.force(RolloutStage.SHADOW);
        scene.awaitInStep();
        scene.force(RolloutStage.FULL);
        scene.awaitInStep();
        readers.awaitReads(1_000);
        assertCaught(scene, fault, figure, () -> {});
        readers.awaitReads(1_000);
      }
      assertNothingLost(scene);
    }
  }

  private static void inShadow(MisbehavingEts.Fault fault) throws Exception {
    try (RolloutScene scene = new RolloutScene(SETTINGS)) {
      scene.configure(RegistryFramework.CORE_PID, Map.of("handover.timeout", 1_000));
      // Writers too: legacy serves all the time, so none of them may fail.
      try (Traffic traffic =
          new Traffic(scene.registry(), scene.newService(), Traffic.Load.of(2, 2))) {
        register(scene);
        traffic.awaitCalls(1_000);
        assertCaught(scene, fault, "the mirror ets", () -> scene.force(RolloutStage.SHADOW));
        traffic.awaitCalls(1_000);
        traffic.stopAndCheck();
      }
      assertNothingLost(scene);
    }
  }

  private static void assertCaught(
      RolloutScene scene, MisbehavingEts.Fault fault, String figure, Runnable begin) {
    scene.ets().misbehave(fault);
    long began = System.nanoTime();
    begin.run();
    Rollout rollout = scene.rollout();
    RegistryFramework.await(
            () ->
                "a rollback for "
                    + fault
                    + "; status is "
                    + rollout.status()
                    + "; "
                    + scene.felix().admin().comparison()
                    + scene.felix().admin().calls())
        .atMost(WINDOW)
        .until(() -> rollout.status().stage().equals(RolloutStage.OFF));
    scene.felix().awaitImplementation("legacy");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    RolloutChange last = rollout.history().get(rollout.history().size() - 1);
    assertThat(last.source()).isEqualTo(RolloutChange.Source.GUARD);
    assertThat(last.reason()).contains(figure);
    assertThat(rollout.status().hold()).hasValue(last.reason());
    assertThat(scene.felix().problems().without())
        .as("what was logged")
        .anyMatch(line -> line.contains("guard of the rollout rolls back"));
    Figures.report(
        "guard: " + fault, "rolled back after %d ms: %s".formatted(millis, last.reason()));
  }

  private static final int AGENTS = 500;

  private static void register(RolloutScene scene) {
    var service = scene.newService();
    for (int i = 0; i < AGENTS; i++) {
      scene.registry().register("agent-" + i, service, Map.of("capability", "c" + i % 10));
    }
  }

  private static void assertNothingLost(RolloutScene scene) {
    Set<String> ids = new HashSet<>();
    scene.registry().agents().forEach(agent -> ids.add(agent.id()));
    for (int i = 0; i < AGENTS; i++) {
      assertThat(ids).contains("agent-" + i);
    }
    assertThat(scene.felix().admin().status().implementation()).isEqualTo("legacy");
  }

  /** Threads that read and expect that what they read may be wrong: the backend misbehaves. */
  private static final class Readers implements AutoCloseable {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final Thread[] threads = new Thread[2];

    Readers(RolloutScene scene) {
      register(scene);
      var registry = scene.registry();
      for (int t = 0; t < threads.length; t++) {
        threads[t] =
            new Thread(
                () -> {
                  for (int i = 0; !stopped.get(); i++) {
                    try {
                      registry.lookup("agent-" + i % AGENTS);
                      if (i % 2 == 0) {
                        registry.findByAttribute("capability", "c" + i % 10);
                      }
                    } catch (IllegalStateException e) {
                      assertThat(e).hasMessageContaining("fault of the test");
                    }
                    reads.incrementAndGet();
                  }
                },
                "reader " + t);
        threads[t].start();
      }
    }

    void awaitReads(long more) {
      long goal = reads.get() + more;
      RegistryFramework.await(() -> "reads; there were " + reads).until(() -> reads.get() >= goal);
    }

    @Override
    public void close() {
      stopped.set(true);
      for (Thread thread : threads) {
        RegistryFramework.await(() -> "the end of " + thread).until(() -> !thread.isAlive());
      }
    }
  }
}

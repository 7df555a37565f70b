package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.MirrorStatus.State;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.reliability.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A next backend that never comes back from a call is given up: R11.14, R15.6. */
class HangingBackendTest {

  private static final int AGENTS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int TIMEOUT_MILLIS = 200;

  private final Scene scene = Scene.onLegacy();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();

  @BeforeEach
  void fill() {
    scene.registerMany("a", AGENTS);
    scene.timeoutMillis = TIMEOUT_MILLIS;
    scene.configure("legacy", "");
  }

  @AfterEach
  void close() {
    thawed.countDown();
    scene.close();
  }

  /** Never comes back, whether it is interrupted or not, until the test ends. */
  private void hang() {
    boolean late = false;
    while (!late) {
      try {
        thawed.await();
        late = true;
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
    }
  }

  @ParameterizedTest(name = "{0} number {1}") // R11.14
  @CsvSource({"CLEAR,1", "SET_HANDLER,1", "PUT,1", "PUT,11", "LOOKUP,3", "SIZE,1"})
  void aHandOverIsAbandonedAndLegacyServesAllTheWhile(Call call, int number) throws Exception {
    scene.ets.before(call, number, agent -> hang());
    Deadline.within(LIMIT, "the end of the hand-over", () -> scene.toEts());
    SwapReport report = scene.lastSwap();
    assertThat(report.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(report.reason()).contains("not done after " + TIMEOUT_MILLIS + " ms");
    assertThat(scene.active()).isEqualTo("legacy");
    Deadline.within(LIMIT, "writes", this::write);
    Eventually.passes("its thread is interrupted", () -> assertThat(interrupted).isTrue());
    assertThat(scene.core.status().awaited().orElseThrow()).contains("stood still", "restart");
  }

  @Test // R11.2, R11.14
  void writersWriteWhileItHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    scene.timeoutMillis = 5_000;
    scene.configure("legacy", "");
    scene.ets.before(
        Call.PUT,
        5,
        agent -> {
          hanging.countDown();
          hang();
        });
    Thread swap = new Thread(scene::toEts, "swap");
    swap.setDaemon(true);
    swap.start();
    assertThat(hanging.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // Every call of the next backend hangs from now on.
    scene.ets.before(Call.PUT, 1, agent -> hang());
    Deadline.within(LIMIT, "writes while the copy hangs", this::write);
    assertThat(scene.core.status().swapUnderWay()).as("meanwhile").isTrue();
    swap.join(LIMIT.toMillis());
    assertThat(scene.lastSwap().outcome()).isEqualTo(Outcome.ABANDONED);
  }

  @ParameterizedTest // R11.14
  @ValueSource(booleans = {true, false})
  void itIsUsedAgainOnlyWhenItHasComeAnew(boolean thaws) throws Exception {
    scene.ets.before(Call.PUT, 5, agent -> hang());
    Deadline.within(LIMIT, "the end of the hand-over", () -> scene.toEts());
    int swaps = scene.core.swaps().size();
    if (thaws) {
      thawed.countDown();
      Eventually.passes(
          "what it was given is cleared", () -> assertThat(scene.ets.isEmpty()).isTrue());
    }
    scene.toEts();
    scene.configure("ets", "");
    scene.configure("ets", "");
    assertThat(scene.core.swaps()).as("it is not tried").hasSize(swaps);
    assertThat(scene.active()).isEqualTo("legacy");
    scene.core.backends().unwanted(scene.ets);
    scene.core.backends().gone(scene.ets);
    List<Agent> before = scene.registry.agents();
    NamedBackend anew = TestBackend.thatMonitors().named("ets");
    scene.core.backends().appeared(anew);
    scene.core.backends().wanted(anew);
    assertThat(scene.active()).isEqualTo("ets");
    scene.assertHolds(before);
  }

  @Test // R15.6
  void aMirrorIsGivenUpToo() throws Exception {
    scene.ets.before(Call.PUT, 5, agent -> hang());
    Deadline.within(LIMIT, "the filling", () -> scene.configure("legacy", "ets"));
    Deadline.within(LIMIT, "writes", this::write);
    assertThat(scene.mirror().state()).isEqualTo(State.FAILED);
    assertThat(scene.mirror().reason()).contains("ets");
    scene.configure("legacy", "ets");
    assertThat(scene.mirror().state()).as("not tried again").isEqualTo(State.FAILED);
  }

  private void write() {
    for (int i = 0; i < AGENTS; i++) {
      scene.registry.updateMetadata("a" + i, Map.of("step", i));
      scene.register("late" + i);
      scene.registry.unregister("late" + i);
    }
    assertThat(scene.registry.count()).isEqualTo(AGENTS);
  }
}

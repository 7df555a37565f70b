package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.testkit.reliability.Figures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** F1: who reads a configuration and writes it, too, must not answer itself. */
@DisplayName("F1 A configuration that the flags write themselves")
class OneWriteTest {

  private static final int TOGGLES = 20;
  private static final Duration SILENCE = Duration.ofMillis(200);
  private static final Duration LONG_SILENCE = Duration.ofSeconds(3);
  private static final List<String> WRITTEN =
      List.of(FeatureFlags.PID, RegistryFramework.CORE_PID, FeatureFlags.NODE_PID);

  private final List<String> writes = new CopyOnWriteArrayList<>();

  @Test
  @DisplayName("is written once at most for a change, and then there is silence")
  void isWrittenOnce() throws Exception {
    try (RegistryFramework felix = RegistryFramework.start()) {
      FeatureFlags flags = felix.service(FeatureFlags.class);
      settle(felix);
      felix.context().registerService(SynchronousConfigurationListener.class, this::written, null);
      for (int i = 0; i < TOGGLES; i++) {
        boolean on = i % 2 == 0;
        writes.clear();
        if (i < TOGGLES / 2) {
          change(flags, on, i);
          expectOneWriteThenSilence(felix, FeatureFlags.PID, RegistryFramework.CORE_PID);
        } else {
          // By somebody else: then only the target filter is ours to write.
          felix.configure(FeatureFlags.PID, FeatureFlags.USE_ETS, on ? "on" : "off");
          expectOneWriteThenSilence(felix, FeatureFlags.PID, RegistryFramework.CORE_PID);
        }
        writes.clear();
        change(flags, on, i);
        expectOneWriteThenSilence(felix);
      }
      expectOneWriteThenSilence(felix, LONG_SILENCE);
      Figures.report(
          "writes to configurations",
          "%d changes, one write each, then silence".formatted(TOGGLES));
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
  }

  private static void change(FeatureFlags flags, boolean on, int round) {
    if (on) {
      flags.enable(FeatureFlags.USE_ETS, "on " + round);
    } else {
      flags.disable(FeatureFlags.USE_ETS, "off " + round);
    }
  }

  private static void settle(RegistryFramework felix) throws InterruptedException {
    assertThat(felix.service(BackendSelection.class).awaitSettled(RegistryFramework.PATIENCE))
        .as("settled")
        .isNotNull();
  }

  private void expectOneWriteThenSilence(RegistryFramework felix, String... pids) throws Exception {
    expectOneWriteThenSilence(felix, SILENCE, pids);
  }

  private void expectOneWriteThenSilence(RegistryFramework felix, Duration silence, String... pids)
      throws Exception {
    settle(felix);
    Awaitility.await("one write to each of " + List.of(pids) + ", then silence")
        .during(silence)
        .atMost(silence.plusSeconds(5))
        .untilAsserted(() -> assertThat(writes).containsExactlyInAnyOrder(pids));
  }

  private void written(ConfigurationEvent event) {
    if (WRITTEN.contains(event.getPid())) {
      writes.add(event.getPid());
    }
  }
}

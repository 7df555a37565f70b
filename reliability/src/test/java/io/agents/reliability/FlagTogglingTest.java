package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Rollout;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import io.agents.registry.testkit.reliability.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * F1, R11: whoever toggles the flag, and however fast, the registry settles on its last value and
 * loses nothing.
 */
@DisplayName("F1 A flag that flaps")
class FlagTogglingTest {

  private static final int THREADS = 4;
  private static final int BURSTS = 20;
  private static final Duration TO_SETTLE = Duration.ofSeconds(5);

  @Test
  @DisplayName("settles on its last value, with nothing lost")
  void settles() throws Exception {
    int toggles = Effort.rounds(2_000, 10_000) / BURSTS / THREADS;
    Random random = new Random(Seeds.next("a flag that flaps"));
    try (RegistryFramework felix = RegistryFramework.start()) {
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      FeatureFlags flags = felix.service(FeatureFlags.class);
      felix.service(BackendSelection.class).awaitSettled(RegistryFramework.PATIENCE);
      long swapsBefore = felix.swaps();
      long slowest = 0;
      try (Traffic traffic =
          new Traffic(registry, felix.owners().newService(owner), Traffic.Load.of(1, 1))) {
        for (int i = 0; i < BURSTS; i++) {
          Deadline.within(
              Duration.ofMinutes(5), "toggling", () -> toggleByThreads(flags, toggles, random));
          slowest = Math.max(slowest, settle(felix, flags));
        }
        long settledAt = felix.swaps();
        traffic.awaitCalls(1_000);
        traffic.stopAndCheck();
        assertThat(felix.swaps()).as("swaps once it has settled").isEqualTo(settledAt);
        Figures.report(
            "a flag that flaps",
            "%d toggles by %d threads in %d bursts, %d swaps, settled at most %d ms after a burst"
                .formatted(
                    toggles * THREADS * BURSTS, THREADS, BURSTS, settledAt - swapsBefore, slowest));
      }
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
  }

  /** Waits as an observer, who asks nobody to hurry; how long it took, in ms. */
  private static long settle(RegistryFramework felix, FeatureFlags flags) {
    long begin = System.nanoTime();
    String wanted =
        flags.isEnabled(FeatureFlags.USE_ETS) ? RegistryBackend.ETS : RegistryBackend.LEGACY;
    RegistryFramework.await(
            () ->
                "the last value, "
                    + wanted
                    + "; "
                    + felix.admin().status()
                    + felix.service(Rollout.class).status())
        .atMost(TO_SETTLE)
        .until(() -> isSettled(felix.admin().status(), wanted));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private static boolean isSettled(RegistryStatus status, String wanted) {
    return status.implementation().equals(wanted)
        && status.targetFilter().contains(wanted)
        && !status.swapUnderWay();
  }

  private static void toggleByThreads(FeatureFlags flags, int toggles, Random seeds)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seeds.nextLong());
        all.add(threads.submit(() -> toggle(flags, toggles, random)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void toggle(FeatureFlags flags, int toggles, Random random) {
    for (int i = 0; i < toggles; i++) {
      if (random.nextBoolean()) {
        flags.enable(FeatureFlags.USE_ETS, "on " + i);
      } else {
        flags.disable(FeatureFlags.USE_ETS, "off " + i);
      }
    }
  }
}

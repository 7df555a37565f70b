package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** R12: in whatever order bundles stop while the registry is used, they stop, and all of it. */
@DisplayName("R12 A framework that shuts down")
class ShutdownTest {

  private static final int OWNERS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_CALLS_BEFORE = 1_000;

  /** Threads of the tools of the test, which come when they are first needed. */
  private static final Set<String> OF_TOOLS =
      Set.of(
          "awaitility",
          "surefire",
          "Common-Cleaner",
          "process reaper",
          "Attach Listener",
          // The framework's own, which end when they have had nothing to do for a minute.
          "FelixResolver");

  @Test
  @DisplayName("stops in time, logs no exception and leaves no thread")
  void stopsInTime() throws Exception {
    int rounds = Effort.rounds(30, 200);
    long seed = Seeds.next("shutdown");
    Random random = new Random(seed);
    long slowest = 0;
    for (int i = 0; i < rounds; i++) {
      slowest = Math.max(slowest, round(random, seed + i));
    }
    Figures.report(
        "shutdown in random order",
        "%d times under traffic, at most %d ms, no exception, no thread left"
            .formatted(rounds, slowest));
  }

  private static long round(Random random, long seed) throws Exception {
    Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    RegistryFramework felix = RegistryFramework.startWith(RegistryFramework.CONSOLE);
    List<ChaosOwner> owners = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      owners.add(new ChaosOwner(felix, i, seed));
    }
    owners.forEach(ChaosOwner::start);
    felix.service(FeatureFlags.class).enable(FeatureFlags.USE_ETS, "so that there is a swap");
    long enough = random.nextInt(MOST_CALLS_BEFORE);
    RegistryFramework.await(() -> enough + " calls; there were " + calls(owners))
        .until(() -> calls(owners) >= enough);
    long begin = System.nanoTime();
    Deadline.within(LIMIT, "the shutdown", () -> stop(felix, random));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    List<String> problems =
        felix
            .problems()
            .without("is wanted and not there", "waits for its agent.id", "not there yet");
    felix.close();
    for (ChaosOwner owner : owners) {
      owner.close();
      owner.requireNoFailure();
    }
    assertThat(problems).as("what was logged (seed %d)", seed).isEmpty();
    RegistryFramework.await(() -> "the end of the threads " + left(before))
        .until(() -> left(before).isEmpty());
    return millis;
  }

  private static long calls(List<ChaosOwner> owners) {
    return owners.stream().mapToLong(ChaosOwner::calls).sum();
  }

  /** All but the log, which has to tell what happens. */
  private static void stop(RegistryFramework felix, Random random) throws Exception {
    List<Bundle> bundles = new ArrayList<>(List.of(felix.context().getBundles()));
    bundles.removeIf(
        bundle -> bundle.getBundleId() == 0 || bundle.getSymbolicName().contains("logging"));
    Collections.shuffle(bundles, random);
    for (Bundle bundle : bundles) {
      bundle.stop();
    }
  }

  private static Set<String> left(Set<Thread> before) {
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    Set<String> names = new TreeSet<>();
    for (Thread thread : left) {
      if (OF_TOOLS.stream().noneMatch(thread.getName()::contains)) {
        names.add(thread.getName());
      }
    }
    return names;
  }
}

package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * R7, R9, R11, R12: bundles are started, stopped, updated and refreshed at random, ours and those
 * of Declarative Services and ConfigurationAdmin among them, while applications register, publish
 * and look up agents. Whenever it is quiet, the registry holds exactly the accepted registrations
 * of owners that live.
 */
@DisplayName("R7, R11 Chaos")
class ChaosTest {

  private static final int OWNERS = 20;
  private static final int STEPS_BETWEEN_RESTS = 60;
  private static final long LONGEST_CALL_SECONDS = 10;

  private static final List<String> VICTIMS =
      List.of(
          "registry.legacy",
          "registry.legacy",
          "registry.ets",
          "registry.ets",
          "registry.flags",
          "registry.core",
          "org.apache.felix.scr",
          "org.apache.felix.configadmin");

  private final Random random;
  private final long seed;
  private int steps;
  private int rests;

  ChaosTest() {
    seed = Seeds.next("chaos");
    random = new Random(seed);
  }

  @Test
  @DisplayName("at rest the registry is what living owners have registered")
  void atRestNothingIsLostAndNothingIsLeft() throws Exception {
    Duration duration = Effort.time(Duration.ofMinutes(2), Duration.ofMinutes(30));
    long end = System.nanoTime() + duration.toNanos();
    try (RegistryFramework felix = RegistryFramework.start()) {
      List<ChaosOwner> owners = new ArrayList<>();
      for (int i = 0; i < OWNERS; i++) {
        owners.add(new ChaosOwner(felix, i, seed));
      }
      try {
        owners.forEach(ChaosOwner::start);
        while (System.nanoTime() < end) {
          Deadline.within(Duration.ofMinutes(5), "chaos", () -> chaos(felix, owners));
          Deadline.within(Duration.ofMinutes(5), "a rest", () -> rest(felix, owners));
        }
      } finally {
        owners.forEach(ChaosOwner::close);
      }
      assertThat(
              felix
                  .problems()
                  .without("is wanted and not there", "waits for its agent.id", "is not there yet"))
          .as("what was logged (seed %d)", seed)
          .isEmpty();
      report(owners);
    }
  }

  private void chaos(RegistryFramework felix, List<ChaosOwner> owners) throws Exception {
    for (int i = 0; i < STEPS_BETWEEN_RESTS; i++) {
      steps++;
      boolean ofAnOwner = random.nextInt(3) > 0;
      Bundle victim =
          ofAnOwner
              ? owners.get(random.nextInt(OWNERS)).bundle()
              : felix.bundle(VICTIMS.get(random.nextInt(VICTIMS.size())));
      switch (random.nextInt(6)) {
        case 0, 1 -> victim.stop();
        case 2 -> {
          if (ofAnOwner) {
            felix.owners().update(victim);
          } else {
            victim.update();
          }
        }
        case 3 -> felix.refresh(victim);
        default -> victim.start();
      }
      if (random.nextInt(4) == 0) {
        flip(felix);
      }
    }
  }

  /** As an operator does who finds the flags there, or does not. */
  private void flip(RegistryFramework felix) {
    Optional<FeatureFlags> flags = felix.find(FeatureFlags.class);
    try {
      if (random.nextBoolean()) {
        flags.ifPresent(there -> there.enable(FeatureFlags.USE_ETS, "chaos"));
      } else {
        flags.ifPresent(there -> there.disable(FeatureFlags.USE_ETS, "chaos"));
      }
    } catch (IllegalStateException e) {
      // The bundle of the flags, or ConfigurationAdmin, is not there at this moment.
    }
  }

  private void rest(RegistryFramework felix, List<ChaosOwner> owners) throws Exception {
    rests++;
    owners.forEach(ChaosOwner::pause);
    // Who was extended by Declarative Services as they were before an update is left alone by them.
    felix.refreshUpdated();
    for (String name : List.of("org.apache.felix.configadmin", "org.apache.felix.scr")) {
      felix.bundle(name).start();
    }
    for (String name : RegistryFramework.OURS) {
      felix.bundle(name).start();
    }
    RegistryFramework.await(() -> "the registry and the flags; there are" + felix.describe())
        .until(
            () ->
                felix.find(RegistryAdmin.class).isPresent()
                    && felix.find(FeatureFlags.class).isPresent());
    felix.service(FeatureFlags.class).enable(FeatureFlags.USE_ETS, "rest");
    felix.awaitImplementation(RegistryBackend.ETS);
    Set<String> expected = new TreeSet<>();
    Set<String> perhaps = new TreeSet<>();
    for (ChaosOwner owner : owners) {
      expected.addAll(owner.accepted());
      perhaps.addAll(owner.unknown());
    }
    RegistryFramework.await(
            () -> "what the living have registered; " + difference(felix, expected, perhaps))
        .until(() -> difference(felix, expected, perhaps).isEmpty());
    // What the flags chose before their bundle was stopped may be taken back a moment after the
    // implementation is there. Whether the last swap completed is not asked: its target may have
    // been stopped in the middle of it, and nobody has asked for another since.
    RegistryFramework.await(() -> "nothing to be awaited; status is " + felix.admin().status())
        .until(
            () ->
                felix.admin().status().awaited().isEmpty()
                    && felix.admin().status().implementation().equals(RegistryBackend.ETS));
    for (ChaosOwner owner : owners) {
      owner.requireNoFailure();
      assertThat(owner.longestCallNanos())
          .as("the longest call, in ns (seed %d)", seed)
          .isLessThan(TimeUnit.SECONDS.toNanos(LONGEST_CALL_SECONDS));
      owner.resume();
    }
  }

  /** What is there and should not be, and the reverse; both empty if all is right. */
  private static Map<String, Set<String>> difference(
      RegistryFramework felix, Set<String> expected, Set<String> perhaps) {
    Set<String> held = new TreeSet<>();
    felix.admin().agents().stream().map(Agent::id).forEach(held::add);
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(held);
    Set<String> tooMany = new TreeSet<>(held);
    tooMany.removeAll(expected);
    tooMany.removeAll(perhaps);
    Map<String, Set<String>> difference = new TreeMap<>();
    if (!missing.isEmpty()) {
      difference.put("missing", missing);
    }
    if (!tooMany.isEmpty()) {
      difference.put("too many", tooMany);
    }
    return difference;
  }

  private void report(List<ChaosOwner> owners) {
    long calls = owners.stream().mapToLong(ChaosOwner::calls).sum();
    long longest = owners.stream().mapToLong(ChaosOwner::longestCallNanos).max().orElseThrow();
    Figures.report(
        "chaos",
        "%d steps, %d rests, %d calls, the longest %.0f ms"
            .formatted(steps, rests, calls, longest / 1e6));
  }
}

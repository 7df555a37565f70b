package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.testkit.FakeOwners;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A program, run in a small heap: one bundle registers without end, another one does its work. */
final class GreedyBundle {

  private static final int ATTEMPTS = 1_000_000;
  private static final int MOST = 25_000;
  private static final int MOST_OF_OWNER = 20_000;

  private final FakeOwners owners = new FakeOwners();
  private final Bundle greedy = owners.newBundle();
  private final Bundle modest = owners.newBundle();
  private final ServiceReference<?> greedyService = owners.newService(greedy);
  private final ServiceReference<?> modestService = owners.newService(modest);
  private final AgentRegistry registry;
  private final AgentRegistry ofModest;

  private GreedyBundle(RegistryCore core) {
    registry = core.registryFor(greedy);
    ofModest = core.registryFor(modest);
  }

  /** Ends with an exception if something is not as it has to be. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    try (RegistryCore core = new RegistryCore(QuotasTest.quotas(MOST, MOST_OF_OWNER))) {
      System.out.println(new GreedyBundle(core).run());
    }
  }

  private String run() {
    int refused = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        registry.register("greedy-" + i, greedyService, metadata(i));
        assertThat(i).as("the number of an agent over the quota").isLessThan(MOST_OF_OWNER);
      } catch (QuotaExceededException e) {
        assertThat(e.limit()).isEqualTo(MOST_OF_OWNER);
        refused++;
      }
      if (i % 1_000 == 0) {
        work(i);
      }
    }
    assertThat(refused).isEqualTo(ATTEMPTS - MOST_OF_OWNER);
    assertThat(registry.count()).isEqualTo(MOST_OF_OWNER + 1);
    fillUp();
    return ATTEMPTS
        + " attempts, "
        + refused
        + " refused, "
        + registry.count()
        + " agents in the end";
  }

  /** What the other bundle does meanwhile. */
  private void work(int round) {
    if (round > 0) {
      assertThat(ofModest.unregister("modest")).isTrue();
    }
    ofModest.register("modest", modestService, metadata(round));
    assertThat(ofModest.updateMetadata("modest", Map.of("round", round)).revision()).isEqualTo(2);
    assertThat(ofModest.findByAttribute("round", round)).hasSize(1);
    assertThat(ofModest.lookup("greedy-0")).isPresent();
  }

  /** The quota in all. */
  private void fillUp() {
    for (int i = 0; i < MOST - MOST_OF_OWNER - 1; i++) {
      ofModest.register("modest-" + i, modestService, metadata(i));
    }
    assertThatThrownBy(() -> ofModest.register("one more", modestService, metadata(0)))
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining(Quotas.AGENTS);
    assertThat(registry.count()).isEqualTo(MOST);
  }

  private static Map<String, Object> metadata(int number) {
    return Map.of(
        "capability",
        List.of("translation", "search"),
        "node",
        "node-" + number % 100,
        "load",
        number,
        "resources",
        Map.of("memory", 512, "cpus", 4));
  }
}

package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * R7, R11: bundles stop while the backend is exchanged. Their agents are in neither backend
 * afterwards, and listeners were told of the end of each once.
 */
@DisplayName("R7 Owners that go during hot swaps")
class OwnersDuringSwapsTest {

  private static final int OWNERS = 20;
  private static final int AGENTS_OF_AN_OWNER = 5;
  private static final int STAYING = 500;

  /** Counts the ends of agents, by id. */
  private static final class Ends implements RegistryListener {
    private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

    @Override
    public void present(List<Agent> agents) {
      // Who is there at first does not matter.
    }

    @Override
    public void changed(RegistryEvent event) {
      if (event.type() == RegistryEvent.Type.UNREGISTERED) {
        ends.computeIfAbsent(event.agent().id(), id -> new AtomicInteger()).incrementAndGet();
      }
    }
  }

  private final Ends ends = new Ends();
  private final List<String> gone = Collections.synchronizedList(new ArrayList<>());

  @Test
  @DisplayName("their agents are in neither backend, and end once")
  void goneEverywhere() throws Exception {
    int rounds = Effort.rounds(100, 1_000);
    Random random = new Random(Seeds.next("owners during swaps"));
    try (RegistryFramework felix = RegistryFramework.startWithoutFlags()) {
      felix.choose(RegistryBackend.LEGACY);
      felix.awaitImplementation(RegistryBackend.LEGACY);
      felix.context().registerService(RegistryListener.class, ends, null);
      Bundle staying = felix.owners().newBundle();
      ServiceReference<?> service = felix.owners().newService(staying);
      AgentRegistry registry = felix.registry(staying);
      for (int i = 0; i < STAYING; i++) {
        registry.register("staying-" + i, service, Map.of("node", "node-1"));
      }
      for (int round = 0; round < rounds; round++) {
        int number = round;
        Deadline.within(
            Duration.ofMinutes(2), "round " + round, () -> round(felix, number, random));
      }
      assertThat(registry.count()).isEqualTo(STAYING);
      assertEndedOnce();
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
    Figures.report(
        "owners that go during swaps",
        "%d rounds of %d owners with %d agents each".formatted(rounds, OWNERS, AGENTS_OF_AN_OWNER));
  }

  /** From legacy, which does not look at owners, to ets and back; owners go in either. */
  private void round(RegistryFramework felix, int round, Random random) throws Exception {
    swapWhileOwnersGo(felix, round + "-there", RegistryBackend.ETS, random);
    assertNobodyIn(felix, RegistryBackend.ETS);
    assertNobodyIn(felix, RegistryBackend.LEGACY);
    swapWhileOwnersGo(felix, round + "-back", RegistryBackend.LEGACY, random);
    felix.swapTo(RegistryBackend.ETS);
    assertNobodyIn(felix, RegistryBackend.ETS);
    assertNobodyIn(felix, RegistryBackend.LEGACY);
    felix.swapTo(RegistryBackend.LEGACY);
  }

  private void swapWhileOwnersGo(RegistryFramework felix, String round, String to, Random random)
      throws Exception {
    List<Bundle> owners = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      Bundle owner = felix.owners().newBundle();
      ServiceReference<?> service = felix.owners().newService(owner);
      AgentRegistry registry = felix.registry(owner);
      for (int j = 0; j < AGENTS_OF_AN_OWNER; j++) {
        String id = "going-" + round + "-" + i + "-" + j;
        registry.register(id, service, Map.of("node", "node-2"));
        gone.add(id);
      }
      owners.add(owner);
    }
    long pause = random.nextInt(2_000_000);
    Thread end =
        new Thread(
            () -> {
              LockSupport.parkNanos(pause);
              owners.forEach(felix.owners()::uninstall);
            },
            "owners go");
    end.start();
    felix.swapTo(to);
    end.join();
  }

  private static void assertNobodyIn(RegistryFramework felix, String implementation)
      throws Exception {
    String filter = "(" + RegistryBackend.IMPLEMENTATION + "=" + implementation + ")";
    ServiceReference<RegistryBackend> reference =
        felix.context().getServiceReferences(RegistryBackend.class, filter).iterator().next();
    RegistryBackend backend = felix.context().getService(reference);
    List<String> left = new ArrayList<>();
    backend.forEach(agent -> left.add(agent.id()));
    left.removeIf(id -> id.startsWith("staying-"));
    assertThat(left).as("agents of owners that went, in %s", implementation).isEmpty();
  }

  private void assertEndedOnce() {
    RegistryFramework.await(
            () -> "the ends of %d agents; there were %d".formatted(gone.size(), ends.ends.size()))
        .until(() -> ends.ends.size() >= gone.size());
    Map<String, Integer> often =
        ends.ends.entrySet().stream()
            .filter(end -> end.getValue().get() != 1)
            .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().get()));
    assertThat(often).as("agents that ended more than once").isEmpty();
    assertThat(ends.ends.keySet()).containsExactlyInAnyOrderElementsOf(gone);
  }
}

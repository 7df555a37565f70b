package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.SwapReport;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Traffic;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceListener;

/**
 * R11: the backend is exchanged again and again under load. Agents that stay are seen by every
 * read, and in the end the registry holds exactly what was accepted. Only swaps count that
 * happened.
 */
@DisplayName("R11 Hot swaps under load")
class HotSwapStressTest {

  private static final Traffic.Load LOAD = new Traffic.Load(4, 4, 10_000, 1_000);

  @Test
  @DisplayName("nothing is lost, revived or doubled, and the service of the registry stays")
  void underLoad() throws Exception {
    int wanted = Effort.rounds(200, 1_000);
    try (RegistryFramework felix = RegistryFramework.startWithoutFlags()) {
      felix.choose(RegistryBackend.ETS);
      felix.awaitImplementation(RegistryBackend.ETS);
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      Queue<String> events = new ConcurrentLinkedQueue<>();
      ServiceListener listener = event -> events.add(event.getType() + " " + event);
      felix
          .context()
          .addServiceListener(
              listener, "(|(objectClass=*AgentRegistry)(objectClass=*RegistryAdmin))");
      try (Traffic traffic = new Traffic(registry, felix.owners().newService(owner), LOAD)) {
        long began = System.nanoTime();
        Deadline.within(
            Duration.ofMinutes(wanted / 10),
            wanted + " swaps under load",
            () -> swap(felix, traffic, wanted));
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        traffic.stopAndCheck();
        report(felix.admin(), traffic, wanted, seconds);
      }
      assertThat(events).as("events of the registry's own services").isEmpty();
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
  }

  private static void swap(RegistryFramework felix, Traffic traffic, int wanted) throws Exception {
    for (int i = 0; i < wanted; i++) {
      String to = i % 2 == 0 ? RegistryBackend.LEGACY : RegistryBackend.ETS;
      SwapReport swap = felix.swapTo(to);
      assertThat(swap.outcome()).as("%s", swap).isEqualTo(SwapReport.Outcome.COMPLETED);
      assertThat(swap.to()).isEqualTo(to);
      assertThat(swap.dropped()).as("dropped by %s", swap).isZero();
      traffic.checkNoFailure();
    }
  }

  private static void report(RegistryAdmin admin, Traffic traffic, int swaps, long seconds) {
    double longest =
        admin.swaps().stream().mapToLong(SwapReport::longestWriterWaitNanos).max().orElseThrow()
            / 1e6;
    Figures.report(
        "hot swaps under load",
        "%d swaps of %d agents in %d s beside %d reads and %d writes, longest wait of a writer in the last %d swaps %.1f ms"
            .formatted(
                swaps,
                admin.count(),
                seconds,
                traffic.reads(),
                traffic.writes(),
                admin.swaps().size(),
                longest));
  }
}

package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.ServiceReference;

/** 200 flips of the flag under load. */
public class FlipsUnderLoadIT extends RegistryContainer {

  private static final int FLIPS = 200;
  private static final int FAST = 20;

  @Configuration
  public Option[] felixWithTheWholeRegistry() {
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags()
    };
  }

  /** R11: nothing lost, revived or doubled; in the end the implementation is what the flag says. */
  @Test
  public void nothingIsLostWhileTheFlagFlaps() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    ServiceReference<?> registration = context.getServiceReference(AgentRegistry.class);
    try (Traffic traffic = new Traffic(registry, owners.service(), Traffic.Load.of(2, 4))) {
      traffic.awaitCalls(1_000);
      for (int i = 0; i < FLIPS - FAST; i++) {
        switchTo(i % 2 == 0 ? RegistryBackend.ETS : RegistryBackend.LEGACY);
      }
      FeatureFlags flags = flags();
      for (int i = 0; i < FAST; i++) {
        if (i % 2 == 0) {
          flags.enable(FeatureFlags.USE_ETS, "fast");
        } else {
          flags.disable(FeatureFlags.USE_ETS, "fast");
        }
      }
      flags.enable(FeatureFlags.USE_ETS, "last");
      awaitImplementation(RegistryBackend.ETS);
      traffic.awaitCalls(1_000);
      traffic.stopAndCheck();
    }
    List<SwapReport> swaps = admin.swaps();
    assertThat(swaps)
        .allSatisfy(s -> assertThat(s.outcome()).isEqualTo(SwapReport.Outcome.COMPLETED));
    assertThat(swaps.get(swaps.size() - 1).number()).isGreaterThanOrEqualTo(FLIPS - FAST);
    assertThat(registration.getBundle())
        .as("the registry's own service was never registered anew")
        .isNotNull();
    assertThat(context.getServiceReference(AgentRegistry.class)).isEqualTo(registration);
  }

  /** R10: a swap is not seen as going and coming. */
  @Test
  public void listenersSeeNothingOfASwap() {
    awaitImplementation(RegistryBackend.LEGACY);
    registry.register("agent", owners.service(), Map.of());
    Queue<RegistryEvent> events = new ConcurrentLinkedQueue<>();
    Queue<Integer> present = new ConcurrentLinkedQueue<>();
    context.registerService(
        RegistryListener.class,
        new RegistryListener() {
          @Override
          public void present(List<Agent> agents) {
            present.add(agents.size());
          }

          @Override
          public void changed(RegistryEvent event) {
            events.add(event);
          }
        },
        null);
    await(() -> "the listener to be told what is there; it was told " + present)
        .until(() -> present.size() == 1);
    switchTo(RegistryBackend.ETS);
    switchTo(RegistryBackend.LEGACY);
    registry.unregister("agent");
    await(() -> "the one event; there were " + events).until(() -> !events.isEmpty());
    assertThat(events).singleElement().satisfies(e -> assertThat(e.number()).isEqualTo(1));
    assertThat(present).containsExactly(1);
  }
}

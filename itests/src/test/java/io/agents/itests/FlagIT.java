package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The flag decides which implementation serves; nothing is lost on the way. */
public class FlagIT extends RegistryContainer {

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

  /** R11, F1. */
  @Test
  public void legacyIsTheDefaultAndTheFlagSwitchesThereAndBack() {
    awaitImplementation(RegistryBackend.LEGACY);
    ServiceReference<?> service = owners.service();
    for (int i = 0; i < 100; i++) {
      registry.register("agent-" + i, service, Map.of("capability", "c" + i % 5, "load", i));
    }
    registry.updateMetadata("agent-7", Map.of("capability", "c1", "load", 700));
    Map<String, List<Object>> before = content();
    Query query = Query.parse("(&(capability=c1)(load>=50))");
    int matching = registry.count(query);

    switchTo(RegistryBackend.ETS);
    assertThat(content()).isEqualTo(before);
    assertThat(registry.count(query)).isEqualTo(matching).isPositive();
    assertThat(registry.indexedAttributes()).contains("capability");
    assertThat(admin.status().ownersMonitored()).isEqualTo(1);

    switchTo(RegistryBackend.LEGACY);
    assertThat(content()).isEqualTo(before);
    assertThat(admin.status().ownersMonitored()).isZero();
    assertThat(admin.status().isHealthy()).as(admin.status().toString()).isTrue();
  }

  /** R11: the original lost sight of what had been registered before the switch. */
  @Test
  public void agentsFromBeforeAndAfterTheSwitchAreBothThere() {
    awaitImplementation(RegistryBackend.LEGACY);
    registry.register("old", owners.service(), Map.of("capability", "x"));
    switchTo(RegistryBackend.ETS);
    registry.register("new", owners.service(), Map.of("capability", "x"));
    assertThat(registry.findByAttribute("capability", "x"))
        .extracting(Agent::id)
        .containsExactlyInAnyOrder("old", "new");
    assertThat(registry.lookup("old")).isPresent();
    switchTo(RegistryBackend.LEGACY);
    assertThat(registry.findByAttribute("capability", "x"))
        .extracting(Agent::id)
        .containsExactlyInAnyOrder("old", "new");
  }

  /**
   * R7, R11: legacy keeps the agents of a stopped bundle; handing over to ets drops and counts
   * them.
   */
  @Test
  public void theDeadAreDroppedOnTheWayToEtsAndCounted() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    Bundle dying = owners.bundle();
    for (int i = 0; i < 10; i++) {
      registry.register("dying-" + i, Owners.service(dying), Map.of());
    }
    registry.register("living", owners.service(), Map.of());
    dying.stop();
    assertThat(registry.count()).isEqualTo(11);
    assertThat(admin.status().agentsWithOwnerGone()).isEqualTo(10);

    switchTo(RegistryBackend.ETS);
    assertThat(registry.agents()).extracting(Agent::id).containsExactly("living");
    SwapReport swap = admin.status().lastSwap().orElseThrow();
    assertThat(swap.dropped()).isEqualTo(10);
    assertThat(swap.agentsBefore()).isEqualTo(11);
    assertThat(swap.agentsAfter()).isEqualTo(1);
    assertThat(swap.outcome()).isEqualTo(SwapReport.Outcome.COMPLETED);
  }

  /**
   * R7: with ets the agents of a bundle that stops are gone when stop returns, and so are their
   * monitors.
   */
  @Test
  public void etsForgetsManyOwnersThatDieAtOnce() throws Exception {
    switchTo(RegistryBackend.ETS);
    Bundle[] dying = new Bundle[20];
    for (int i = 0; i < dying.length; i++) {
      dying[i] = owners.bundle();
      for (int j = 0; j < 50; j++) {
        registry.register(
            "agent-" + i + "-" + j, Owners.service(dying[i]), Map.of("node", "n" + i));
      }
    }
    assertThat(registry.count()).isEqualTo(1_000);
    assertThat(admin.status().ownersMonitored()).isEqualTo(20);
    assertThat(admin.status().servicesMonitored()).isEqualTo(1_000);
    for (Bundle bundle : dying) {
      bundle.stop();
    }
    assertThat(registry.count()).isZero();
    assertThat(registry.findByAttribute("node", "n3")).isEmpty();
    assertThat(admin.status().ownersMonitored()).isZero();
    assertThat(admin.status().servicesMonitored()).isZero();
  }

  /** R7: no monitor is left behind by registrations that end. */
  @Test
  public void noMonitorLeaksAfterManyRegistrations() {
    switchTo(RegistryBackend.ETS);
    ServiceReference<?> service = owners.service();
    for (int i = 0; i < 2_000; i++) {
      registry.register("agent", service, Map.of("capability", "c" + i)).close();
    }
    assertThat(registry.count()).isZero();
    assertThat(admin.status().servicesMonitored()).isZero();
    assertThat(registry.findByAttribute("capability", "c7")).isEmpty();
  }

  /** F1: the flag of another node does not concern this one. */
  @Test
  public void aPercentageOfZeroOrAHundredIsTheFlagOffOrOn() {
    awaitImplementation(RegistryBackend.LEGACY);
    flags().setPercentage(FeatureFlags.USE_ETS, 100, "test");
    awaitImplementation(RegistryBackend.ETS);
    flags().setPercentage(FeatureFlags.USE_ETS, 0, "test");
    awaitImplementation(RegistryBackend.LEGACY);
    flags().enable(FeatureFlags.USE_ETS, "test");
    awaitImplementation(RegistryBackend.ETS);
    flags().reset(FeatureFlags.USE_ETS, "test");
    awaitImplementation(RegistryBackend.LEGACY);
    assertThat(flags().history()).hasSizeGreaterThanOrEqualTo(4);
  }

  /** F1: whichever came last counts, the configuration or the service. */
  @Test
  public void theConfigurationAndTheServiceSetTheSameFlag() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    configure(FeatureFlags.PID, FeatureFlags.USE_ETS, "true");
    awaitImplementation(RegistryBackend.ETS);
    switchTo(RegistryBackend.LEGACY);
    configure(FeatureFlags.PID, FeatureFlags.USE_ETS, 100);
    awaitImplementation(RegistryBackend.ETS);
    configurations.getConfiguration(FeatureFlags.PID, "?").delete();
    awaitImplementation(RegistryBackend.LEGACY);
  }
}

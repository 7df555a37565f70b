package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Agents from the service registry: the example fleet, rankings, and the events of both in
 * EventAdmin.
 */
public class FleetIT extends RegistryContainer {

  private static final int FLEET = 8;

  @Configuration
  public Option[] felixWithTheWholeRegistryAndTheFleet() {
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.eventAdmin(),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags(),
      Bundles.fleet()
    };
  }

  /** R9, R7: with ets, at once. */
  @Test
  public void stoppingTheFleetRemovesItsAgentsAndStartingBringsThemBack() throws Exception {
    switchTo(RegistryBackend.ETS);
    awaitFleet();
    assertThat(admin.status().ownersMonitored()).isEqualTo(1);
    Bundle fleet = bundle("io.agents.examples.fleet");
    fleet.stop();
    assertThat(registry.count()).isZero();
    assertThat(admin.status().ownersMonitored()).isZero();
    assertThat(admin.status().servicesMonitored()).isZero();
    fleet.start();
    awaitFleet();
  }

  /** R9, R11: the fleet survives the flag. */
  @Test
  public void theFleetSurvivesTheFlag() {
    awaitFleet();
    Map<String, Long> before = registrations();
    switchTo(RegistryBackend.ETS);
    assertThat(registrations()).isEqualTo(before);
    switchTo(RegistryBackend.LEGACY);
    assertThat(registrations()).isEqualTo(before);
    assertThat(registry.query(Query.where("capability").present())).hasSize(FLEET);
  }

  /** R9: of several services with one id the best by ranking holds it, and the next takes over. */
  @Test
  public void theBestRankedServiceHoldsTheId() throws Exception {
    for (String implementation : new String[] {RegistryBackend.LEGACY, RegistryBackend.ETS}) {
      switchTo(implementation);
      Bundle lower = owners.bundle();
      Bundle higher = owners.bundle();
      Owners.register(lower, Map.of("agent.id", "shared", "agent.rank", 1, "service.ranking", 1));
      ServiceRegistration<?> best =
          Owners.register(
              higher, Map.of("agent.id", "shared", "agent.rank", 2, "service.ranking", 2));
      assertThat(holder()).isEqualTo(higher);
      best.setProperties(
          FrameworkUtil.asDictionary(
              Map.of("agent.id", "shared", "agent.rank", 0, "service.ranking", 0)));
      assertThat(holder()).isEqualTo(lower);
      lower.stop();
      assertThat(holder()).isEqualTo(higher);
      assertThat(registry.lookup("shared").orElseThrow().metadata().get("rank")).isEqualTo(0);
      higher.stop();
      assertThat(registry.lookup("shared")).isEmpty();
    }
  }

  /** R10: events go to EventAdmin if it is there. */
  @Test
  public void eventsGoToEventAdmin() throws Exception {
    awaitFleet();
    Queue<String> events = new ConcurrentLinkedQueue<>();
    Map<String, Object> topics = Map.of(EventConstants.EVENT_TOPIC, "io/agents/registry/*");
    context.registerService(
        EventHandler.class, event -> events.add(text(event)), FrameworkUtil.asDictionary(topics));
    Bundle owner = owners.bundle();
    registry.register("told", Owners.service(owner), Map.of("a", 1));
    registry.updateMetadata("told", Map.of("a", 2));
    registry.unregister("told");
    await(() -> "three events; there were " + events)
        .atMost(PATIENCE)
        .until(() -> events.size() >= 3);
    assertThat(events)
        .containsExactly(
            "io/agents/registry/Agent/REGISTERED told",
            "io/agents/registry/Agent/UPDATED told",
            "io/agents/registry/Agent/UNREGISTERED told");
  }

  private static String text(Event event) {
    return event.getTopic() + " " + event.getProperty("agent.id");
  }

  private Bundle holder() {
    return registry.lookup("shared").orElseThrow().owner();
  }

  private Map<String, Long> registrations() {
    Map<String, Long> registrations = new HashMap<>();
    for (Agent agent : registry.agents()) {
      registrations.put(agent.id(), agent.registration());
    }
    return registrations;
  }

  private void awaitFleet() {
    await(() -> "the " + FLEET + " agents of the fleet; there are " + registrations().keySet())
        .atMost(PATIENCE)
        .until(() -> registry.count() == FLEET);
  }
}

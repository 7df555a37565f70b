package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A bundle that calls the registry, with a service of its own. */
final class RegistryScene {

  static final Map<String, Object> TRANSLATES = Map.of("capability", "translation", "load", 1);
  static final Map<String, Object> SEARCHES = Map.of("capability", "search", "node", "node-1");

  final RegistryUnderTest tested;
  final OwnerControl owners;
  final Bundle bundle;
  final AgentRegistry registry;
  final ServiceReference<?> service;

  RegistryScene(RegistryUnderTest tested) {
    this.tested = tested;
    owners = tested.owners();
    bundle = owners.newBundle();
    registry = tested.registry(bundle);
    service = owners.newService(bundle);
  }

  /** Another bundle that calls the same registry. */
  RegistryScene another() {
    return new RegistryScene(tested);
  }

  /** Registers an agent of this bundle's service. */
  Registration register(String id) {
    return registry.register(id, service, TRANSLATES);
  }

  Agent agent(String id) {
    return registry.lookup(id).orElseThrow(() -> new AssertionError("there is no agent " + id));
  }

  /** Asserts that the quiet registry holds exactly these agents, whichever way it is read. */
  void assertHolds(Agent... expected) {
    assertThat(registry.agents()).as("agents").containsExactlyInAnyOrder(expected);
    assertThat(registry.count()).as("count").isEqualTo(expected.length);
    Query everybody = Query.where("no.such.attribute").present().negate();
    assertThat(registry.query(everybody)).as("query").containsExactlyInAnyOrder(expected);
    assertThat(registry.count(everybody)).as("count of the query").isEqualTo(expected.length);
    for (Agent agent : expected) {
      assertThat(registry.lookup(agent.id())).as("lookup of " + agent.id()).contains(agent);
    }
  }
}

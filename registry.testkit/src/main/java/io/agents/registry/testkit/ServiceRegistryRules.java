package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.Registration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * R9: services that are agents by their property. For registries whose owners are services of a
 * real framework.
 */
final class ServiceRegistryRules {

  private ServiceRegistryRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R9.1",
            "a service with agent.id is an agent of its bundle",
            ServiceRegistryRules::isAnAgent),
        new RuleCheck<>(
            "R9.2",
            "properties with the prefix are the metadata, arrays are lists",
            ServiceRegistryRules::readsProperties),
        new RuleCheck<>("R9.3", "changed properties are an update", ServiceRegistryRules::updates),
        new RuleCheck<>(
            "R9.4",
            "a changed agent.id moves the service to the new id",
            ServiceRegistryRules::moves),
        new RuleCheck<>(
            "R9.5",
            "a service that goes, or loses agent.id, is no agent any more",
            ServiceRegistryRules::goes),
        new RuleCheck<>(
            "R9.6",
            "the best ranked service has the id, the next one follows",
            ServiceRegistryRules::bestHasId),
        new RuleCheck<>(
            "R9.7",
            "an id that was registered by a call is waited for",
            ServiceRegistryRules::waitsForCall),
        new RuleCheck<>(
            "R9.8",
            "what is no agent.id, or no metadata, is left out",
            ServiceRegistryRules::leavesOutBad),
        new RuleCheck<>(
            "R9.10",
            "a service that was unregistered by a call does not come back by itself",
            ServiceRegistryRules::staysUnregistered));
  }

  private static Map<String, Object> properties(String id, Object capability) {
    return Map.of("agent.id", id, "agent.capability", capability);
  }

  private static void awaitIds(RegistryUnderTest tested, String... ids) {
    Eventually.passes(
        "exactly the agents " + List.of(ids),
        () ->
            assertThat(tested.admin().agents())
                .extracting(Agent::id)
                .containsExactlyInAnyOrder(ids));
  }

  private static void awaitService(
      RegistryUnderTest tested, String id, ServiceReference<?> service) {
    Eventually.passes(
        id + " is the " + service,
        () ->
            assertThat(tested.admin().lookup(id).map(Agent::service).orElse(null))
                .isEqualTo(service));
  }

  private static void isAnAgent(RegistryUnderTest tested) {
    Bundle bundle = tested.owners().newBundle();
    ServiceReference<?> service = tested.owners().newService(bundle, properties("a", "x"));
    tested.owners().newService(bundle, Map.of("agent.capability", "no id"));
    awaitIds(tested, "a");
    Agent agent = tested.admin().lookup("a").orElseThrow();
    assertThat(agent.service()).isEqualTo(service);
    assertThat(agent.owner()).isEqualTo(bundle);
    assertThat(agent.registrar()).isEqualTo(bundle);
    assertThat(agent.revision()).isEqualTo(1);
  }

  private static void readsProperties(RegistryUnderTest tested) {
    tested
        .owners()
        .newService(
            tested.owners().newBundle(),
            Map.of(
                "agent.id",
                "a",
                "agent.capability",
                new String[] {"x", "y"},
                "agent.numbers",
                new int[] {1, 2},
                "agent.resources.memory",
                512,
                "other",
                "z",
                "agent",
                "w"));
    awaitIds(tested, "a");
    assertThat(tested.admin().lookup("a").orElseThrow().metadata())
        .isEqualTo(
            Map.of(
                "capability",
                List.of("x", "y"),
                "numbers",
                List.of(1, 2),
                "resources.memory",
                512));
    assertThat(tested.admin().findByAttribute("resources.memory", 512)).hasSize(1);
  }

  private static void updates(RegistryUnderTest tested) {
    ServiceReference<?> service =
        tested.owners().newService(tested.owners().newBundle(), properties("a", "x"));
    awaitIds(tested, "a");
    Agent first = tested.admin().lookup("a").orElseThrow();
    tested.owners().change(service, properties("a", "y"));
    Eventually.holds(
        "the update is seen", () -> !tested.admin().findByAttribute("capability", "y").isEmpty());
    Agent second = tested.admin().lookup("a").orElseThrow();
    assertThat(second.registration()).isEqualTo(first.registration());
    assertThat(second.revision()).isEqualTo(2);
    tested.owners().change(service, Map.of("agent.id", "a", "agent.capability", "y", "other", 1));
    tested.owners().change(service, properties("a", "z"));
    Eventually.holds(
        "the next update is seen",
        () -> !tested.admin().findByAttribute("capability", "z").isEmpty());
    assertThat(tested.admin().lookup("a").orElseThrow().revision())
        .as("a change of other properties is no update")
        .isEqualTo(3);
  }

  private static void moves(RegistryUnderTest tested) {
    ServiceReference<?> service =
        tested.owners().newService(tested.owners().newBundle(), properties("a", "x"));
    awaitIds(tested, "a");
    tested.owners().change(service, properties("b", "x"));
    awaitIds(tested, "b");
  }

  private static void goes(RegistryUnderTest tested) {
    OwnerControl owners = tested.owners();
    Bundle bundle = owners.newBundle();
    ServiceReference<?> a = owners.newService(bundle, properties("a", "x"));
    ServiceReference<?> b = owners.newService(bundle, properties("b", "x"));
    owners.newService(bundle, properties("c", "x"));
    awaitIds(tested, "a", "b", "c");
    owners.unregister(a);
    awaitIds(tested, "b", "c");
    owners.change(b, Map.of("agent.capability", "x"));
    awaitIds(tested, "c");
    owners.stop(bundle);
    awaitIds(tested);
    owners.start(bundle);
    owners.newService(bundle, properties("c", "x"));
    awaitIds(tested, "c");
  }

  private static void bestHasId(RegistryUnderTest tested) {
    OwnerControl owners = tested.owners();
    Bundle bundle = owners.newBundle();
    ServiceReference<?> first = owners.newService(bundle, properties("a", "first"));
    ServiceReference<?> later = owners.newService(owners.newBundle(), properties("a", "later"));
    ServiceReference<?> best =
        owners.newService(
            owners.newBundle(),
            Map.of("agent.id", "a", "agent.capability", "best", Constants.SERVICE_RANKING, 5));
    awaitService(tested, "a", best);
    awaitIds(tested, "a");
    long number = tested.admin().lookup("a").orElseThrow().registration();
    owners.unregister(best);
    awaitService(tested, "a", first);
    assertThat(tested.admin().lookup("a").orElseThrow().registration()).isGreaterThan(number);
    owners.unregister(first);
    awaitService(tested, "a", later);
    owners.unregister(later);
    awaitIds(tested);
  }

  private static void waitsForCall(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Registration called = scene.register("a");
    Agent agent = scene.agent("a");
    ServiceReference<?> waiting =
        scene.owners.newService(
            scene.owners.newBundle(), Map.of("agent.id", "a", Constants.SERVICE_RANKING, 100));
    ServiceReference<?> marker =
        scene.owners.newService(scene.owners.newBundle(), properties("marker", "x"));
    awaitService(tested, "marker", marker);
    assertThat(scene.agent("a")).isEqualTo(agent);
    called.close();
    awaitService(tested, "a", waiting);
    assertThatThrownBy(() -> scene.register("a"))
        .isInstanceOf(AgentAlreadyRegisteredException.class);
  }

  private static void leavesOutBad(RegistryUnderTest tested) {
    OwnerControl owners = tested.owners();
    Bundle bundle = owners.newBundle();
    owners.newService(bundle, Map.of("agent.id", 7));
    owners.newService(bundle, Map.of("agent.id", ""));
    owners.newService(bundle, Map.of("agent.id", "x".repeat(257)));
    ServiceReference<?> service =
        owners.newService(
            bundle, Map.of("agent.id", "a", "agent.bad", new Object(), "agent.good", 1));
    awaitIds(tested, "a");
    assertThat(tested.admin().lookup("a").orElseThrow().metadata()).isEqualTo(Map.of("good", 1));
    owners.change(
        service, Map.of("agent.id", "a", "agent.good", new int[600], "agent.more", new int[600]));
    owners.newService(bundle, properties("marker", "x"));
    awaitIds(tested, "a", "marker");
    assertThat(tested.admin().lookup("a").orElseThrow().metadata())
        .as("the last good metadata")
        .isEqualTo(Map.of("good", 1));
  }

  private static void staysUnregistered(RegistryUnderTest tested) {
    OwnerControl owners = tested.owners();
    Bundle bundle = owners.newBundle();
    ServiceReference<?> best =
        owners.newService(bundle, Map.of("agent.id", "a", Constants.SERVICE_RANKING, 5));
    ServiceReference<?> next = owners.newService(bundle, properties("a", "next"));
    awaitService(tested, "a", best);
    assertThat(tested.admin().unregister("a")).isTrue();
    awaitService(tested, "a", next);
    assertThat(tested.admin().unregister("a")).isTrue();
    owners.change(next, properties("a", "changed"));
    owners.newService(bundle, properties("marker", "x"));
    awaitIds(tested, "marker");
    owners.change(best, Map.of());
    owners.change(best, properties("a", "anew"));
    awaitService(tested, "a", best);
  }
}

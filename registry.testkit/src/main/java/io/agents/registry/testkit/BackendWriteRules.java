package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;

/** B1: compare-and-set writes. */
final class BackendWriteRules {

  private BackendWriteRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B1.1", "a new backend is empty and monitors nothing", BackendWriteRules::startsEmpty),
        new RuleCheck<>(
            "B1.2", "putIfAbsent stores an agent under a free id", BackendWriteRules::putsIfFree),
        new RuleCheck<>(
            "B1.3",
            "putIfAbsent of an id in use returns the holder",
            BackendWriteRules::refusesIdInUse),
        new RuleCheck<>(
            "B1.4",
            "replace stores a new revision over the expected one",
            BackendWriteRules::replacesExpected),
        new RuleCheck<>(
            "B1.5", "replace refuses any other version", BackendWriteRules::refusesToReplaceOther),
        new RuleCheck<>(
            "B1.6",
            "replace stores a new registration of another service",
            BackendWriteRules::replacesRegistration),
        new RuleCheck<>(
            "B1.7", "remove removes the expected version", BackendWriteRules::removesExpected),
        new RuleCheck<>(
            "B1.8", "remove refuses any other version", BackendWriteRules::refusesToRemoveOther),
        new RuleCheck<>(
            "B1.9",
            "versions are compared by number, not by object or metadata",
            BackendWriteRules::comparesVersions),
        new RuleCheck<>(
            "B1.10",
            "clear removes everything, tells nobody, and the backend works on",
            BackendWriteRules::clears),
        new RuleCheck<>(
            "B1.11",
            "what is stored is returned equal in every component",
            BackendWriteRules::keepsEverything));
  }

  private static void startsEmpty(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    assertThat(backend.size()).isZero();
    assertThat(BackendReads.all(backend)).isEmpty();
    assertThat(backend.monitoring()).isEqualTo(OwnerMonitoring.NONE);
  }

  private static void putsIfFree(BackendUnderTest tested) {
    Agent agent = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    assertThat(tested.backend().putIfAbsent(agent)).isNull();
    assertThat(tested.backend().lookup("a")).isEqualTo(agent);
    assertThat(tested.backend().size()).isEqualTo(1);
  }

  private static void refusesIdInUse(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent holder = fixtures.agent("a", Fixtures.TRANSLATOR);
    tested.backend().putIfAbsent(holder);
    Agent other = fixtures.agent("a", Fixtures.SEARCHER);
    assertThat(tested.backend().putIfAbsent(other)).isEqualTo(holder);
    BackendReads.assertHolds(tested.backend(), holder);
  }

  private static void replacesExpected(BackendUnderTest tested) {
    Agent first = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    Agent second = Fixtures.updated(first, Fixtures.SEARCHER);
    tested.backend().putIfAbsent(first);
    assertThat(tested.backend().replace(first, second)).isTrue();
    BackendReads.assertHolds(tested.backend(), second);
  }

  private static void refusesToReplaceOther(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    RegistryBackend backend = tested.backend();
    Agent first = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent second = Fixtures.updated(first, Fixtures.SEARCHER);
    Agent third = Fixtures.updated(second, Map.of());
    assertThat(backend.replace(first, second)).as("nothing is there").isFalse();
    assertThat(backend.lookup("a")).isNull();
    backend.putIfAbsent(first);
    assertThat(backend.replace(second, third)).as("a later revision is expected").isFalse();
    backend.replace(first, second);
    assertThat(backend.replace(first, third)).as("an earlier revision is expected").isFalse();
    Agent other = fixtures.registeredAgain(first);
    assertThat(backend.replace(Fixtures.updated(other, Map.of()), third))
        .as("another registration at the same revision is expected")
        .isFalse();
    BackendReads.assertHolds(backend, second);
  }

  private static void replacesRegistration(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent latter = fixtures.agent("a", Fixtures.SEARCHER);
    tested.backend().putIfAbsent(former);
    assertThat(tested.backend().replace(former, latter)).isTrue();
    BackendReads.assertHolds(tested.backend(), latter);
    assertThat(tested.backend().remove(former)).isFalse();
  }

  private static void removesExpected(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent other = fixtures.agent("b", Fixtures.TRANSLATOR);
    tested.backend().putIfAbsent(agent);
    tested.backend().putIfAbsent(other);
    assertThat(tested.backend().remove(agent)).isTrue();
    assertThat(tested.backend().lookup("a")).isNull();
    BackendReads.assertHolds(tested.backend(), other);
    assertThat(tested.backend().remove(agent)).as("removing it again").isFalse();
    assertThat(tested.backend().putIfAbsent(agent)).as("its id is free again").isNull();
  }

  private static void refusesToRemoveOther(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    RegistryBackend backend = tested.backend();
    Agent first = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent second = Fixtures.updated(first, Fixtures.SEARCHER);
    assertThat(backend.remove(first)).as("nothing is there").isFalse();
    backend.putIfAbsent(first);
    assertThat(backend.remove(second)).as("a later revision is expected").isFalse();
    backend.replace(first, second);
    assertThat(backend.remove(first)).as("an earlier revision is expected").isFalse();
    Agent other = Fixtures.updated(fixtures.registeredAgain(first), Map.of());
    assertThat(backend.remove(other)).as("another registration is expected").isFalse();
    BackendReads.assertHolds(backend, second);
  }

  private static void comparesVersions(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Agent agent = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    backend.putIfAbsent(agent);
    Agent revised = Fixtures.updated(agent, Fixtures.SEARCHER);
    assertThat(backend.replace(sameVersion(agent), revised)).isTrue();
    assertThat(backend.remove(sameVersion(revised))).isTrue();
    assertThat(backend.size()).isZero();
    backend.putIfAbsent(agent);
    Agent equalButNumber =
        new Agent(
            "a",
            agent.service(),
            agent.owner(),
            agent.registrar(),
            agent.metadata(),
            agent.registration() + 1,
            1,
            agent.registeredAtMillis());
    assertThat(backend.remove(equalButNumber)).isFalse();
    BackendReads.assertHolds(backend, agent);
  }

  /**
   * Another object with other metadata and another time, which is the same version nevertheless.
   */
  private static Agent sameVersion(Agent agent) {
    return new Agent(
        new String(agent.id().toCharArray()),
        agent.service(),
        agent.owner(),
        agent.registrar(),
        Metadata.empty(),
        agent.registration(),
        agent.revision(),
        0);
  }

  private static void clears(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    RegistryBackend backend = tested.backend();
    OwnerGoings goings = new OwnerGoings();
    backend.setOwnerGoneHandler(goings);
    List<Agent> agents = fixtures.agents("a", 20, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    backend.clear();
    BackendReads.assertHolds(backend);
    BackendReads.assertForgotten(backend, agents.get(0));
    assertThat(backend.monitoring()).isEqualTo(OwnerMonitoring.NONE);
    assertThat(goings.told()).as("agents given to the handler").isEmpty();
    agents.forEach(agent -> assertThat(backend.putIfAbsent(agent)).isNull());
    BackendReads.assertHolds(backend, agents.toArray(Agent[]::new));
  }

  private static void keepsEverything(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    OwnerControl owners = tested.owners();
    Agent plain = new Fixtures(owners).agent("\u00E4 name \uD83D\uDE00", Fixtures.TRANSLATOR);
    Agent agent =
        new Agent(
            plain.id(),
            plain.service(),
            plain.owner(),
            owners.newBundle(),
            plain.metadata(),
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE - 1,
            1234567890123L);
    backend.putIfAbsent(agent);
    BackendReads.assertHolds(backend, agent);
    Agent found = backend.lookup(agent.id());
    assertThat(found.service()).isSameAs(agent.service());
    assertThat(found.metadata().get("resources")).isEqualTo(Map.of("memory", 512, "cpu", 0.5));
  }
}

package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** B4.5 to B4.10 and B4.16: removals through the handler. */
final class BackendRemovalRules {

  private BackendRemovalRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B4.5",
            "the handler is given each agent once, and it is there until the removal",
            BackendRemovalRules::handlerRemoves),
        new RuleCheck<>(
            "B4.6",
            "the removal returns what it removed, or null",
            BackendRemovalRules::removalReturnsRemoved),
        new RuleCheck<>(
            "B4.7",
            "the removal takes a revision that was stored meanwhile",
            BackendRemovalRules::removalTakesLaterRevision),
        new RuleCheck<>(
            "B4.8",
            "the removal spares a newer registration",
            BackendRemovalRules::removalSparesNewer),
        new RuleCheck<>(
            "B4.8",
            "the removal spares a newer registration put after a remove",
            BackendRemovalRules::removalSparesNewerPut),
        new RuleCheck<>(
            "B4.9", "the handler is called under no lock", BackendRemovalRules::handlerUnderNoLock),
        new RuleCheck<>(
            "B4.10",
            "without a handler the agents are just removed",
            BackendRemovalRules::worksWithoutHandler),
        new RuleCheck<>(
            "B4.16",
            "another handler replaces the former",
            BackendRemovalRules::handlerIsReplaced));
  }

  private static void handlerRemoves(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 10, Fixtures.TRANSLATOR);
    OwnerGoings goings =
        new OwnerGoings(agent -> assertThat(backend.lookup(agent.id())).isEqualTo(agent));
    backend.setOwnerGoneHandler(goings);
    agents.forEach(backend::putIfAbsent);
    tested.owners().unregister(agents.get(0).service());
    assertThat(goings.told()).containsExactlyInAnyOrderElementsOf(agents);
    assertThat(goings.removed()).isEqualTo(goings.told().stream().map(Optional::of).toList());
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void removalReturnsRemoved(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    OwnerGoings goings = new OwnerGoings(backend::remove);
    backend.setOwnerGoneHandler(goings);
    Agent agent = new Fixtures(tested.owners()).agent("a");
    backend.putIfAbsent(agent);
    tested.owners().unregister(agent.service());
    assertThat(goings.told()).containsExactly(agent);
    assertThat(goings.removed())
        .as("returned by the removal of what was removed before")
        .containsExactly(Optional.empty());
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void removalTakesLaterRevision(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Agent first = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    Agent second = Fixtures.updated(first, Fixtures.SEARCHER);
    OwnerGoings goings = new OwnerGoings(agent -> replaceOrRefuse(backend, first, second));
    backend.setOwnerGoneHandler(goings);
    backend.putIfAbsent(first);
    tested.owners().unregister(first.service());
    assertThat(goings.told()).as("agents given to the handler").hasSize(1);
    assertThat(goings.removed().get(0)).isPresent();
    assertThat(goings.removed().get(0).get().registration()).isEqualTo(first.registration());
    BackendOwnerRules.assertEmpty(backend);
  }

  /** A backend may refuse the new revision, since its service is going, or store it. */
  private static void replaceOrRefuse(RegistryBackend backend, Agent first, Agent second) {
    try {
      backend.replace(first, second);
    } catch (OwnerGoneException e) {
      assertThat(e.id()).isEqualTo(first.id());
    }
  }

  private static void removalSparesNewer(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent newer = fixtures.agent("a", Fixtures.SEARCHER);
    OwnerGoings goings =
        new OwnerGoings(agent -> assertThat(backend.replace(former, newer)).isTrue());
    backend.setOwnerGoneHandler(goings);
    backend.putIfAbsent(former);
    tested.owners().unregister(former.service());
    assertThat(goings.removed()).containsExactly(Optional.empty());
    BackendReads.assertHolds(backend, newer);
    assertThat(backend.monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
    backend.setOwnerGoneHandler(null);
    tested.owners().unregister(newer.service());
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void removalSparesNewerPut(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent newer = fixtures.agent("a", Fixtures.TRANSLATOR);
    OwnerGoings goings =
        new OwnerGoings(
            agent -> {
              assertThat(backend.remove(former)).isTrue();
              assertThat(backend.putIfAbsent(newer)).isNull();
            });
    backend.setOwnerGoneHandler(goings);
    backend.putIfAbsent(former);
    tested.owners().unregister(former.service());
    assertThat(goings.removed()).containsExactly(Optional.empty());
    BackendReads.assertHolds(backend, newer);
  }

  private static void handlerUnderNoLock(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent going = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent newer = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent other = fixtures.agent("b", Fixtures.TRANSLATOR);
    OwnerGoings goings =
        new OwnerGoings(
            agent ->
                OtherThread.run(
                    "reading and writing while the handler is called",
                    () -> {
                      assertThat(backend.lookup("a")).isEqualTo(going);
                      BackendReads.assertHolds(backend, going);
                      assertThat(backend.putIfAbsent(other)).isNull();
                      assertThat(backend.replace(going, newer)).isTrue();
                      backend.monitoring();
                    }));
    backend.setOwnerGoneHandler(goings);
    backend.putIfAbsent(going);
    tested.owners().unregister(going.service());
    assertThat(goings.told()).containsExactly(going);
    BackendReads.assertHolds(backend, newer, other);
  }

  private static void worksWithoutHandler(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    backend.setOwnerGoneHandler(new OwnerGoings());
    backend.setOwnerGoneHandler(null);
    Agent agent = new Fixtures(tested.owners()).agent("a", Fixtures.TRANSLATOR);
    backend.putIfAbsent(agent);
    tested.owners().unregister(agent.service());
    BackendOwnerRules.assertEmpty(backend);
  }

  private static void handlerIsReplaced(BackendUnderTest tested) {
    List<OwnerGoings> handlers = new ArrayList<>();
    Fixtures fixtures = new Fixtures(tested.owners());
    for (int i = 0; i < 3; i++) {
      OwnerGoings handler = new OwnerGoings();
      handlers.add(handler);
      Agent agent = fixtures.agent("a" + i);
      tested.backend().putIfAbsent(agent);
      tested.backend().setOwnerGoneHandler(handler);
      tested.owners().unregister(agent.service());
      assertThat(handler.told()).containsExactly(agent);
    }
    assertThat(handlers).extracting(h -> h.told().size()).containsExactly(1, 1, 1);
  }
}

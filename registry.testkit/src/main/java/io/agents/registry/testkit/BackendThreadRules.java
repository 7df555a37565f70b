package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** B5: many threads at once. */
final class BackendThreadRules {

  private static final int ROUNDS = 3_000;
  private static final int WRITERS = 3;
  private static final int AGENTS = 20;

  private BackendThreadRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B5.1",
            "agents come in one piece, and match in the revision that is returned",
            BackendThreadRules::inOnePiece),
        new RuleCheck<>(
            "B5.2",
            "agents that stay are always found while others come and go",
            BackendThreadRules::stableAreFound),
        new RuleCheck<>(
            "B5.2",
            "agents that match before and after an update are always found",
            BackendThreadRules::updatedAreFound),
        new RuleCheck<>(
            "B5.3",
            "no registration is given twice while agents are written",
            BackendThreadRules::nobodyTwice),
        new RuleCheck<>(
            "B5.6",
            "writers of different ids do not disturb each other",
            BackendThreadRules::writersOfOwnIds),
        new RuleCheck<>(
            "B5.7",
            "putIfAbsent beside writes of the same ids loses and revives nothing",
            BackendSameIdCheck::run));
  }

  /** Metadata in which every value tells the same number, so that half an update shows. */
  static Metadata numbered(long number) {
    String side = number % 2 == 0 ? "even" : "odd";
    return Metadata.copyOf(
        Map.of(
            "capability",
            List.of(side, "n" + number),
            "health_status",
            side,
            "node",
            side,
            "plain",
            side,
            "number",
            number));
  }

  private static void inOnePiece(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", AGENTS, numbered(1));
    agents.forEach(backend::putIfAbsent);
    Workers workers = new Workers().writers(2, w -> () -> updateOften(backend, agents, w, 2));
    for (String attribute : List.of("capability", "health_status", "node", "plain")) {
      for (String side : List.of("even", "odd")) {
        Query query = Query.where(attribute).equalTo(side);
        workers.reader(() -> backend.query(query).forEach(agent -> assertInOnePiece(agent, query)));
      }
    }
    Query both = Query.parse("(&(capability=even)(health_status=even)(!(node=odd)))");
    workers.reader(() -> backend.query(both).forEach(agent -> assertInOnePiece(agent, both)));
    workers.reader(() -> backend.forEach(agent -> assertInOnePiece(agent, BackendReads.EVERYBODY)));
    workers.reader(() -> assertInOnePiece(backend.lookup("a-0"), BackendReads.EVERYBODY));
    workers.run();
    List<Agent> last = agents.stream().map(a -> backend.lookup(a.id())).toList();
    BackendReads.assertHolds(backend, last.toArray(Agent[]::new));
  }

  private static void updateOften(RegistryBackend backend, List<Agent> agents, int own, int step) {
    List<Agent> mine = new ArrayList<>();
    for (int i = own; i < agents.size(); i += step) {
      mine.add(agents.get(i));
    }
    for (int i = 0; i < ROUNDS; i++) {
      Agent agent = mine.get(i % mine.size());
      Agent updated = agent.withMetadata(numbered(agent.revision() + 1));
      assertThat(backend.replace(agent, updated)).as("replace of %s", agent).isTrue();
      mine.set(i % mine.size(), updated);
    }
  }

  private static void assertInOnePiece(Agent agent, Query query) {
    assertThat(agent.metadata())
        .as("metadata of revision %s", agent.revision())
        .isEqualTo(numbered(agent.revision()));
    assertThat(query.matches(agent.metadata())).as("%s matches %s", agent, query).isTrue();
  }

  private static void stableAreFound(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    List<Agent> stable = fixtures.agents("stable", AGENTS, Fixtures.TRANSLATOR);
    stable.forEach(backend::putIfAbsent);
    Workers workers =
        new Workers()
            .writers(
                WRITERS,
                w -> () -> comeAndGo(backend, fixtures.agents("w" + w, 5, Fixtures.TRANSLATOR)));
    for (Query query :
        List.of(
            Query.parse("(capability=translation)"),
            Query.parse("(&(node=node-1)(health_status=healthy))"),
            Query.parse("(|(node=node-1)(node=node-2))"),
            Query.parse("(resources.memory=512)"),
            Query.parse("(!(capability=search))"))) {
      workers.reader(
          () -> assertThat(backend.query(query)).as("query %s", query).containsAll(stable));
      workers.reader(
          () ->
              assertThat(backend.count(query))
                  .as("count of %s", query)
                  .isBetween(AGENTS, AGENTS + 5 * WRITERS));
    }
    workers.reader(() -> assertThat(BackendReads.all(backend)).as("forEach").containsAll(stable));
    workers.reader(
        () -> assertThat(backend.size()).as("size").isBetween(AGENTS, AGENTS + 5 * WRITERS));
    workers.run();
    BackendReads.assertHolds(backend, stable.toArray(Agent[]::new));
  }

  private static void comeAndGo(RegistryBackend backend, List<Agent> agents) {
    for (int i = 0; i < ROUNDS; i++) {
      Agent agent = agents.get(i % agents.size());
      assertThat(backend.putIfAbsent(agent)).as("holder of %s", agent.id()).isNull();
      assertThat(backend.remove(agent)).as("remove of %s", agent.id()).isTrue();
    }
  }

  private static void updatedAreFound(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 4, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    Workers workers = new Workers();
    for (Agent agent : agents) {
      workers.writer(() -> updateInPlace(backend, agent));
    }
    for (Query query :
        List.of(
            Query.parse("(capability=translation)"),
            Query.parse("(node=node-1)"),
            Query.parse("(&(node=node-1)(capability=summary))"))) {
      workers.reader(
          () ->
              assertThat(backend.query(query))
                  .as("query %s", query)
                  .extracting(Agent::id)
                  .containsExactlyInAnyOrder("a-0", "a-1", "a-2", "a-3"));
    }
    workers.reader(
        () ->
            assertThat(BackendReads.all(backend))
                .extracting(Agent::id)
                .contains("a-0", "a-1", "a-2", "a-3"));
    workers.run();
  }

  private static void updateInPlace(RegistryBackend backend, Agent agent) {
    Agent present = agent;
    for (int i = 0; i < ROUNDS; i++) {
      Agent next = present.withMetadata(agent.metadata());
      assertThat(backend.replace(present, next)).isTrue();
      present = next;
    }
  }

  private static void nobodyTwice(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", AGENTS, numbered(1));
    agents.forEach(backend::putIfAbsent);
    Workers workers = new Workers().writers(2, w -> () -> updateOften(backend, agents, w, 2));
    for (String filter :
        List.of(
            "(|(capability=even)(capability=odd))",
            "(!(x=*))",
            "(node=*)",
            "(node=even)",
            "(plain>=a)")) {
      Query query = Query.parse(filter);
      workers.reader(() -> assertNoRegistrationTwice(backend.query(query)));
      workers.reader(
          () ->
              assertThat(backend.count(query))
                  .as("count of %s", query)
                  .isLessThanOrEqualTo(AGENTS));
    }
    workers.reader(() -> assertNoRegistrationTwice(BackendReads.all(backend)));
    workers.run();
  }

  private static void assertNoRegistrationTwice(List<Agent> agents) {
    Set<Long> seen = new HashSet<>();
    agents.forEach(
        agent ->
            assertThat(seen.add(agent.registration()))
                .as("registration of %s, seen once", agent)
                .isTrue());
  }

  private static void writersOfOwnIds(BackendUnderTest tested) throws Exception {
    RegistryBackend backend = tested.backend();
    List<BackendModelCheck> models = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      models.add(
          new BackendModelCheck(backend, tested.owners(), new Random(i).nextLong(), "w" + i + "-"));
    }
    new Workers().writers(WRITERS, w -> () -> models.get(w).write(ROUNDS)).run();
    List<Agent> expected = new ArrayList<>();
    models.forEach(model -> expected.addAll(model.agents()));
    BackendReads.assertHolds(backend, expected.toArray(Agent[]::new));
  }
}

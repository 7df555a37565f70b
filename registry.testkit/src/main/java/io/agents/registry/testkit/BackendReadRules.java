package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.osgi.framework.ServiceReference;

/** B2: lookups, iteration and queries. */
final class BackendReadRules {

  private static final long SEED = 20_240_817;

  private BackendReadRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B2.1", "lookup returns the agent of the id, or null", BackendReadRules::looksUp),
        new RuleCheck<>("B2.2", "size is the number of agents", BackendReadRules::countsAgents),
        new RuleCheck<>("B2.3", "forEach gives every agent once", BackendReadRules::iterates),
        new RuleCheck<>(
            "B2.4", "the action of forEach may read and write", BackendReadRules::actionMayWrite),
        new RuleCheck<>(
            "B2.4",
            "the action of forEach is called under no lock",
            BackendReadRules::actionUnderNoLock),
        new RuleCheck<>(
            "B2.5",
            "query finds what is written by hand, for every operator",
            BackendReadRules::answersQueries),
        new RuleCheck<>(
            "B2.6",
            "query agrees with Query.matches for random agents and queries",
            BackendReadRules::agreesWithMatches),
        new RuleCheck<>(
            "B2.7",
            "a returned list cannot be changed and does not change",
            BackendReadRules::listsAreFixed),
        new RuleCheck<>("B2.8", "count is the size of query", BackendReadRules::countsMatches),
        new RuleCheck<>(
            "B2.9",
            "an unknown attribute matches nobody, its negation everybody",
            BackendReadRules::unknownAttribute),
        new RuleCheck<>(
            "B2.10",
            "nobody is found twice by several values or parts",
            BackendReadRules::nobodyTwice),
        new RuleCheck<>(
            "B2.11",
            "find gives what is written by hand, in that order",
            BackendReadRules::findsInOrder),
        new RuleCheck<>(
            "B2.11",
            "find agrees with Search.select for random agents and searches",
            BackendReadRules::findAgreesWithSelect),
        new RuleCheck<>(
            "B2.12", "exists tells whether query finds anybody", BackendReadRules::exists));
  }

  private static void looksUp(BackendUnderTest tested) {
    Agent agent = new Fixtures(tested.owners()).agent("a");
    tested.backend().putIfAbsent(agent);
    assertThat(tested.backend().lookup("a")).isEqualTo(agent);
    assertThat(tested.backend().lookup("A")).isNull();
    assertThat(tested.backend().lookup("")).isNull();
    assertThat(tested.backend().lookup("*")).isNull();
  }

  private static void countsAgents(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 100, Map.of());
    agents.forEach(backend::putIfAbsent);
    agents.forEach(backend::putIfAbsent);
    assertThat(backend.size()).isEqualTo(100);
    Agent updated = Fixtures.updated(agents.get(0), Fixtures.SEARCHER);
    backend.replace(agents.get(0), updated);
    backend.replace(agents.get(0), updated);
    assertThat(backend.size()).isEqualTo(100);
    agents.forEach(backend::remove);
    assertThat(backend.size()).as("one was removed in a stale version").isEqualTo(1);
  }

  private static void iterates(BackendUnderTest tested) {
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 500, Fixtures.TRANSLATOR);
    agents.forEach(tested.backend()::putIfAbsent);
    assertThat(BackendReads.all(tested.backend())).containsExactlyInAnyOrderElementsOf(agents);
  }

  private static void actionMayWrite(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 100, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    List<Agent> seen = new ArrayList<>();
    backend.forEach(
        agent -> {
          seen.add(agent);
          assertThat(backend.lookup(agent.id())).isEqualTo(agent);
          assertThat(backend.remove(agent)).isTrue();
        });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(agents);
    BackendReads.assertHolds(backend);
  }

  private static void actionUnderNoLock(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent other = fixtures.agent("b", Fixtures.TRANSLATOR);
    backend.putIfAbsent(agent);
    backend.forEach(
        seen ->
            OtherThread.run(
                "a write while forEach runs its action",
                () -> {
                  backend.replace(agent, Fixtures.updated(agent, Fixtures.SEARCHER));
                  backend.putIfAbsent(other);
                }));
    BackendReads.assertHolds(backend, Fixtures.updated(agent, Fixtures.SEARCHER), other);
  }

  private static void answersQueries(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    QueryExamples.agents()
        .forEach((id, metadata) -> tested.backend().putIfAbsent(fixtures.agent(id, metadata)));
    QueryExamples.expected()
        .forEach(
            (filter, ids) -> {
              Query query = Query.parse(filter);
              assertThat(tested.backend().query(query))
                  .as(filter)
                  .extracting(Agent::id)
                  .containsExactlyInAnyOrderElementsOf(ids);
              assertThat(tested.backend().count(query))
                  .as("count of " + filter)
                  .isEqualTo(ids.size());
            });
  }

  private static void agreesWithMatches(BackendUnderTest tested) {
    Random random = new Random(SEED);
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    Fixtures fixtures = new Fixtures(tested.owners());
    ServiceReference<?> service = tested.owners().newService();
    Map<String, Agent> agents = new LinkedHashMap<>();
    for (int i = 0; i < 300; i++) {
      Agent agent = fixtures.agent("a" + i, service, metadata.next());
      tested.backend().putIfAbsent(agent);
      agents.put(agent.id(), agent);
    }
    for (int i = 0; i < 500; i++) {
      BackendReads.assertFinds(tested.backend(), queries.next(), List.copyOf(agents.values()));
    }
  }

  private static void listsAreFixed(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 10, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    for (Query query :
        List.of(
            BackendReads.EVERYBODY,
            Query.where("capability").equalTo("translation"),
            Query.where("node").present())) {
      List<Agent> found = backend.query(query);
      List<Agent> before = List.copyOf(found);
      assertThatThrownBy(() -> found.remove(0)).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> found.add(agents.get(0)))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> found.set(0, agents.get(1)))
          .isInstanceOf(UnsupportedOperationException.class);
      backend.clear();
      assertThat(found).as("the list of %s after a clear", query).isEqualTo(before).hasSize(10);
      agents.forEach(backend::putIfAbsent);
    }
    List<Agent> nobody = backend.query(Query.where("node").equalTo("nowhere"));
    assertThatThrownBy(() -> nobody.add(agents.get(0)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void countsMatches(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    fixtures.agents("t", 7, Fixtures.TRANSLATOR).forEach(backend::putIfAbsent);
    fixtures.agents("s", 5, Fixtures.SEARCHER).forEach(backend::putIfAbsent);
    assertThat(backend.count(Query.parse("(capability=translation)"))).isEqualTo(7);
    assertThat(backend.count(Query.parse("(&(capability=search)(node=node-2))"))).isEqualTo(5);
    assertThat(backend.count(Query.parse("(&(capability=search)(node=node-1))"))).isZero();
    assertThat(backend.count(Query.parse("(&(node=node-1)(resources.memory>=1024))"))).isZero();
    assertThat(backend.count(Query.parse("(|(node=node-1)(node=node-2))"))).isEqualTo(12);
    assertThat(backend.count(Query.parse("(resources.memory>=1024)"))).isEqualTo(5);
    assertThat(backend.count(Query.parse("(!(capability=translation))"))).isEqualTo(5);
    assertThat(backend.count(Query.parse("(capability=cooking)"))).isZero();
  }

  private static void unknownAttribute(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    List<Agent> agents = new Fixtures(tested.owners()).agents("a", 5, Fixtures.TRANSLATOR);
    agents.forEach(backend::putIfAbsent);
    for (String filter :
        List.of("(x=1)", "(x=*)", "(x<1)", "(x=a*)", "(x~=a)", "(&(x=1)(node=node-1))")) {
      assertThat(backend.query(Query.parse(filter))).as(filter).isEmpty();
    }
    for (String filter : List.of("(!(x=1))", "(!(x=*))", "(|(x=1)(node=node-1))")) {
      assertThat(backend.query(Query.parse(filter)))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(agents);
    }
  }

  private static void nobodyTwice(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    for (String attribute : BackendIndexRules.attributesToTry(backend)) {
      backend.clear();
      Agent agent =
          fixtures.agent(
              "a", Map.of(attribute, List.of("x", "x", "y", 1, 1L, 1.0, "1", Set.of("x", "z"))));
      backend.putIfAbsent(agent);
      for (Query query :
          List.of(
              Query.where(attribute).in("x", "y", "z"),
              Query.where(attribute).equalTo("x"),
              Query.where(attribute).equalTo(1),
              Query.where(attribute).equalTo("x").or(Query.where(attribute).equalTo("x")),
              Query.where(attribute).equalTo("x").and(Query.where(attribute).equalTo("y")),
              Query.where(attribute).atLeast("a"))) {
        assertThat(backend.query(query)).as("query %s", query).containsExactly(agent);
        assertThat(backend.count(query)).as("count of %s", query).isEqualTo(1);
      }
    }
  }

  private static void findsInOrder(BackendUnderTest tested) {
    Fixtures fixtures = new Fixtures(tested.owners());
    SearchExamples.agents()
        .forEach((id, metadata) -> tested.backend().putIfAbsent(fixtures.agent(id, metadata)));
    SearchExamples.expected()
        .forEach(
            (search, ids) -> {
              List<Agent> found = tested.backend().find(search);
              assertThat(found)
                  .as("search %s", search)
                  .extracting(Agent::id)
                  .containsExactlyElementsOf(ids);
              assertThatThrownBy(() -> found.add(fixtures.agent("x")))
                  .isInstanceOf(UnsupportedOperationException.class);
            });
  }

  private static void findAgreesWithSelect(BackendUnderTest tested) {
    Random random = new Random(SEED);
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    Fixtures fixtures = new Fixtures(tested.owners());
    ServiceReference<?> service = tested.owners().newService();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      agents.add(fixtures.agent("a" + i, service, metadata.next()));
      tested.backend().putIfAbsent(agents.get(i));
    }
    for (int i = 0; i < 300; i++) {
      Search all = Search.of(queries.next());
      String attribute = RandomMetadata.ATTRIBUTES.get(random.nextInt(12));
      Search search =
          random.nextBoolean() ? all.orderBy(attribute) : all.orderByDescending(attribute);
      int limit = 1 + random.nextInt(random.nextBoolean() ? 4 : 250);
      List<Agent> matching =
          agents.stream().filter(a -> all.query().matches(a.metadata())).toList();
      assertThat(tested.backend().find(search))
          .as("search %s", search)
          .containsExactlyElementsOf(search.select(matching));
      assertThat(tested.backend().find(search.limit(limit)))
          .as("search %s, at most %s", search, limit)
          .containsExactlyElementsOf(search.limit(limit).select(matching));
      assertThat(tested.backend().find(all.limit(limit)))
          .as("any %s of %s", limit, all)
          .hasSize(Math.min(limit, matching.size()))
          .doesNotHaveDuplicates()
          .isSubsetOf(matching);
    }
  }

  private static void exists(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    assertThat(backend.exists(BackendReads.EVERYBODY)).as("in an empty backend").isFalse();
    QueryExamples.agents()
        .forEach((id, metadata) -> backend.putIfAbsent(fixtures.agent(id, metadata)));
    QueryExamples.expected()
        .forEach(
            (filter, ids) ->
                assertThat(backend.exists(Query.parse(filter)))
                    .as("exists %s", filter)
                    .isEqualTo(!ids.isEmpty()));
  }
}

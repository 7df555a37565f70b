package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.api.Search;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** R6: queries, as the registry answers them. */
final class RegistryQueryRules {

  private static final long SEED = 1_996;

  private RegistryQueryRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R6.25",
            "query finds what is written by hand, for every operator",
            RegistryQueryRules::answers),
        new RuleCheck<>(
            "R6.25",
            "query finds exactly what matches, for random agents and queries",
            RegistryQueryRules::agreesWithMatches),
        new RuleCheck<>("R6.26", "count is the number of matches", RegistryQueryRules::counts),
        new RuleCheck<>(
            "R6.27", "findByAttribute is an equality", RegistryQueryRules::findsByAttribute),
        new RuleCheck<>(
            "R6.27", "findByAttribute takes a star as it is", RegistryQueryRules::takesStarAsItIs),
        new RuleCheck<>(
            "R6.11", "an unknown attribute is no error", RegistryQueryRules::unknownAttribute),
        new RuleCheck<>("R6.28", "explain is truthful", RegistryQueryRules::explains),
        new RuleCheck<>(
            "R6.29",
            "parseQuery reads filters and refuses others with the position",
            RegistryQueryRules::parses),
        new RuleCheck<>(
            "R6.29", "a query that is too deep is refused", RegistryQueryRules::refusesDeep),
        new RuleCheck<>(
            "R6.30",
            "find gives the matches in the order of the search",
            RegistryQueryRules::findsInOrder),
        new RuleCheck<>(
            "R6.31",
            "find gives no more than the limit, without an order any of them",
            RegistryQueryRules::keepsLimit),
        new RuleCheck<>(
            "R6.32", "exists tells whether anybody matches", RegistryQueryRules::exists));
  }

  private static void answers(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    QueryExamples.agents()
        .forEach((id, metadata) -> scene.registry.register(id, scene.service, metadata));
    QueryExamples.expected()
        .forEach(
            (filter, ids) -> {
              Query query = scene.registry.parseQuery(filter);
              assertThat(scene.registry.query(query))
                  .as(filter)
                  .extracting(Agent::id)
                  .containsExactlyInAnyOrderElementsOf(ids);
              assertThat(scene.registry.count(query))
                  .as("count of " + filter)
                  .isEqualTo(ids.size());
            });
  }

  private static void agreesWithMatches(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Random random = new Random(SEED);
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    for (int i = 0; i < 100; i++) {
      scene.registry.register("a" + i, scene.service, metadata.next());
    }
    for (int i = 0; i < 300; i++) {
      if (i % 3 == 0) {
        scene.registry.updateMetadata("a" + random.nextInt(100), metadata.next());
      }
      Query query = queries.next();
      List<Agent> expected =
          scene.registry.agents().stream().filter(a -> query.matches(a.metadata())).toList();
      assertThat(scene.registry.query(query))
          .as("query %s, seed %s", query, SEED)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static void counts(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    scene.register("b");
    scene.registry.register("c", scene.service, RegistryScene.SEARCHES);
    assertThat(scene.registry.count(Query.parse("(capability=translation)"))).isEqualTo(2);
    assertThat(scene.registry.count(Query.parse("(capability=*)"))).isEqualTo(3);
    assertThat(scene.registry.count(Query.parse("(capability=cooking)"))).isZero();
  }

  private static void findsByAttribute(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.registry.register(
        "a",
        scene.service,
        Map.of("capability", List.of("x", "y"), "n", 5, "m", Map.of("k", true)));
    Agent agent = scene.agent("a");
    assertThat(scene.registry.findByAttribute("capability", "y")).containsExactly(agent);
    assertThat(scene.registry.findByAttribute("n", 5.0)).containsExactly(agent);
    assertThat(scene.registry.findByAttribute("n", "5")).containsExactly(agent);
    assertThat(scene.registry.findByAttribute("m.k", true)).containsExactly(agent);
    assertThat(scene.registry.findByAttribute("capability", "z")).isEmpty();
    assertThatThrownBy(() -> scene.registry.findByAttribute("", "x"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.findByAttribute("a=b", "x"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.findByAttribute("a", List.of("x")))
        .isInstanceOf(InvalidQueryException.class);
  }

  private static void takesStarAsItIs(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    scene.registry.register("star", scene.service, Map.of("capability", "*"));
    scene.registry.register("filter", scene.service, Map.of("capability", "x)(|(a=*"));
    assertThat(scene.registry.findByAttribute("capability", "*"))
        .containsExactly(scene.agent("star"));
    assertThat(scene.registry.findByAttribute("capability", "x)(|(a=*"))
        .containsExactly(scene.agent("filter"));
    assertThat(scene.registry.findByAttribute("capability", "t*")).isEmpty();
  }

  private static void unknownAttribute(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    assertThat(scene.registry.query(Query.parse("(x=1)"))).isEmpty();
    assertThat(scene.registry.query(Query.parse("(!(x=1))"))).containsExactly(scene.agent("a"));
  }

  private static void explains(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    for (int i = 0; i < 20; i++) {
      scene.registry.register(
          "a" + i, scene.service, Map.of("capability", i < 3 ? "few" : "many", "n", i));
    }
    for (String filter :
        List.of(
            "(capability=few)",
            "(n<3)",
            "(&(capability=few)(n=1))",
            "(|(capability=few)(n=19))",
            "(!(capability=few))")) {
      Query query = Query.parse(filter);
      QueryPlan plan = scene.registry.explain(query);
      assertThat(plan.matched())
          .as("matched of %s", plan.describe())
          .isEqualTo(scene.registry.query(query).size());
      assertThat(plan.filter()).isEqualTo(filter);
      assertThat(steps(plan).filter(s -> s.access() == Access.INDEX).map(QueryPlan::index))
          .isSubsetOf(scene.registry.indexedAttributes());
    }
    boolean indexed = scene.registry.indexedAttributes().contains("capability");
    assertThat(steps(scene.registry.explain(Query.parse("(capability=few)"))))
        .as("the index on capability is used if there is one")
        .anyMatch(s -> s.access() == (indexed ? Access.INDEX : Access.SCAN));
  }

  private static Stream<QueryPlan> steps(QueryPlan plan) {
    return Stream.concat(Stream.of(plan), plan.parts().stream().flatMap(RegistryQueryRules::steps));
  }

  private static void parses(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    assertThat(scene.registry.parseQuery("(&(a=1)(b>2))")).isEqualTo(Query.parse("(&(a=1)(b>2))"));
    assertThatThrownBy(() -> scene.registry.parseQuery("(a=1"))
        .isInstanceOfSatisfying(
            InvalidQueryException.class, e -> assertThat(e.position()).isEqualTo(4));
    assertThatThrownBy(() -> scene.registry.parseQuery(""))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.parseQuery(null))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.parseQuery("(!".repeat(100_000)))
        .isInstanceOf(InvalidQueryException.class);
  }

  private static void refusesDeep(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("a");
    Query deep = Query.where("capability").present();
    while (deep.depth() < 50) {
      deep = deep.negate();
    }
    assertThat(scene.registry.query(deep)).isEmpty();
    Query tooDeep = deep.negate();
    assertThatThrownBy(() -> scene.registry.query(tooDeep))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("50");
    assertThatThrownBy(() -> scene.registry.count(tooDeep))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.explain(tooDeep))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.exists(tooDeep))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> scene.registry.find(Search.of(tooDeep)))
        .isInstanceOf(InvalidQueryException.class);
  }

  private static RegistryScene sceneOfSearches(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    SearchExamples.agents()
        .forEach((id, metadata) -> scene.registry.register(id, scene.service, metadata));
    return scene;
  }

  private static void findsInOrder(RegistryUnderTest tested) {
    RegistryScene scene = sceneOfSearches(tested);
    SearchExamples.expected()
        .forEach(
            (search, ids) ->
                assertThat(scene.registry.find(search))
                    .as("search %s", search)
                    .extracting(Agent::id)
                    .containsExactlyElementsOf(ids));
    assertThatThrownBy(() -> scene.registry.find(null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void keepsLimit(RegistryUnderTest tested) {
    RegistryScene scene = sceneOfSearches(tested);
    Search workers = Search.of(Query.parse("(role=worker)"));
    List<Agent> all = scene.registry.query(workers.query());
    assertThat(scene.registry.find(workers)).containsExactlyInAnyOrderElementsOf(all);
    for (int limit : List.of(1, 3, 10, 11, 12)) {
      assertThat(scene.registry.find(workers.limit(limit)))
          .as("any %s", limit)
          .hasSize(Math.min(limit, all.size()))
          .doesNotHaveDuplicates()
          .isSubsetOf(all);
    }
    List<Agent> found = scene.registry.find(workers.limit(2));
    assertThatThrownBy(() -> found.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static void exists(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Query translators = Query.parse("(capability=translation)");
    assertThat(scene.registry.exists(translators)).isFalse();
    scene.register("a");
    assertThat(scene.registry.exists(translators)).isTrue();
    assertThat(scene.registry.exists(translators.negate())).isFalse();
    assertThat(scene.registry.exists(Query.parse("(&(capability=translation)(load>1))"))).isFalse();
    scene.registry.unregister("a");
    assertThat(scene.registry.exists(translators)).isFalse();
    assertThatThrownBy(() -> scene.registry.exists(null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

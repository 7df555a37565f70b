package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/** B3: indexes, if there are any, and what is told of them. */
final class BackendIndexRules {

  private static final long SEED = 1_966;

  /** An attribute that no backend has an index for. */
  private static final String PLAIN = "plain.attribute.without.index";

  private BackendIndexRules() {}

  static List<RuleCheck<BackendUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "B3.1",
            "indexedAttributes cannot be changed and stays the same",
            BackendIndexRules::attributesAreFixed),
        new RuleCheck<>(
            "B3.2", "an update moves the agent to its new values", BackendIndexRules::updateMoves),
        new RuleCheck<>(
            "B3.2",
            "an update of one of many keeps the others",
            BackendIndexRules::updateKeepsOthers),
        new RuleCheck<>(
            "B3.3",
            "a replaced or removed agent is found by none of its values",
            BackendIndexRules::removalForgets),
        new RuleCheck<>(
            "B3.4", "explain speaks of the whole query", BackendIndexRules::explainsWhole),
        new RuleCheck<>(
            "B3.5",
            "an indexed equality is explained without a scan",
            BackendIndexRules::explainsIndex),
        new RuleCheck<>(
            "B3.6",
            "an equality without index is explained as a scan of all",
            BackendIndexRules::explainsScan),
        new RuleCheck<>(
            "B3.7",
            "a conjunction looks only at what the index gives",
            BackendIndexRules::explainsConjunction));
  }

  /** The indexed attributes and one that is not. */
  static Set<String> attributesToTry(RegistryBackend backend) {
    Set<String> attributes = new TreeSet<>(backend.indexedAttributes());
    attributes.add(PLAIN);
    return attributes;
  }

  private static void attributesAreFixed(BackendUnderTest tested) {
    Set<String> attributes = tested.backend().indexedAttributes();
    Set<String> before = Set.copyOf(attributes);
    assertThatThrownBy(() -> attributes.add("x")).isInstanceOf(UnsupportedOperationException.class);
    tested.backend().putIfAbsent(new Fixtures(tested.owners()).agent("a", Map.of("x", 1)));
    tested.backend().query(Query.parse("(x=1)"));
    assertThat(tested.backend().indexedAttributes()).isEqualTo(before).doesNotContain(PLAIN);
  }

  private static void updateMoves(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    for (String attribute : attributesToTry(backend)) {
      Agent first = fixtures.agent("a-" + attribute, Map.of(attribute, List.of("old", "kept", 1)));
      Agent second = Fixtures.updated(first, Map.of(attribute, List.of("kept", "new", 2L)));
      Agent third = Fixtures.updated(second, Map.of());
      backend.putIfAbsent(first);
      assertFound(backend, attribute, first, "old", "kept", 1, 1.0);
      assertFound(backend, attribute, null, "new", 2);
      backend.replace(first, second);
      assertFound(backend, attribute, second, "new", "kept", 2, 2.0);
      assertFound(backend, attribute, null, "old", 1);
      backend.replace(second, third);
      assertFound(backend, attribute, null, "old", "kept", "new", 1, 2);
      assertThat(backend.query(Query.where(attribute).present())).isEmpty();
    }
  }

  private static void updateKeepsOthers(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    ServiceReference<?> service = tested.owners().newService();
    Random random = new Random(SEED);
    RandomMetadata metadata = new RandomMetadata(random);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Agent agent = fixtures.agent("a" + i, service, metadata.next());
      backend.putIfAbsent(agent);
      agents.add(agent);
    }
    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(agents.size());
      Agent updated = Fixtures.updated(agents.get(at), metadata.next());
      assertThat(backend.replace(agents.get(at), updated)).isTrue();
      agents.set(at, updated);
    }
    BackendReads.assertHolds(backend, agents.toArray(Agent[]::new));
  }

  private static void removalForgets(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    for (String attribute : attributesToTry(backend)) {
      Agent former = fixtures.agent("a", Map.of(attribute, List.of("x", "y", true)));
      Agent latter = fixtures.agent("a", Map.of(attribute, List.of("y", "z")));
      backend.putIfAbsent(former);
      backend.replace(former, latter);
      assertFound(backend, attribute, latter, "y", "z");
      assertFound(backend, attribute, null, "x", true);
      backend.remove(latter);
      assertFound(backend, attribute, null, "x", "y", "z", true);
      backend.putIfAbsent(former);
      backend.clear();
      assertFound(backend, attribute, null, "x", "y", "z", true);
    }
  }

  private static void assertFound(
      RegistryBackend backend, String attribute, Agent agent, Object... values) {
    for (Object value : values) {
      Query query = Query.where(attribute).equalTo(value);
      List<Agent> expected = agent == null ? List.of() : List.of(agent);
      assertThat(backend.query(query)).as("query %s", query).isEqualTo(expected);
      assertThat(backend.count(query)).as("count of %s", query).isEqualTo(expected.size());
    }
  }

  private static void explainsWhole(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    Fixtures fixtures = new Fixtures(tested.owners());
    ServiceReference<?> service = tested.owners().newService();
    Random random = new Random(SEED);
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    for (int i = 0; i < 100; i++) {
      backend.putIfAbsent(fixtures.agent("a" + i, service, metadata.next()));
    }
    for (int i = 0; i < 200; i++) {
      Query query = queries.next();
      QueryPlan plan = backend.explain(query);
      assertThat(plan.filter()).isEqualTo(query.toString());
      assertThat(plan.matched())
          .as("matched of %s", plan.describe())
          .isEqualTo(backend.query(query).size());
      steps(plan).forEach(step -> assertHonest(backend, step));
    }
  }

  private static void assertHonest(RegistryBackend backend, QueryPlan step) {
    assertThat(step.examined()).as("looked at by %s", step.describe()).isBetween(0, backend.size());
    if (step.access() == Access.INDEX) {
      assertThat(backend.indexedAttributes())
          .as("the index of %s", step.describe())
          .contains(step.index());
    }
    if (step.access() == Access.SCAN) {
      assertThat(step.examined()).as("looked at by %s", step.describe()).isEqualTo(backend.size());
    }
  }

  private static void explainsIndex(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    for (String attribute : backend.indexedAttributes()) {
      fill(tested, attribute);
      QueryPlan plan = backend.explain(Query.where(attribute).equalTo("few"));
      assertThat(plan.matched()).isEqualTo(3);
      assertThat(steps(plan))
          .as(plan.describe())
          .anyMatch(s -> s.access() == Access.INDEX && s.index().equals(attribute));
      assertNoScan(plan, 3);
    }
    assertThat(backend.explain(Query.where(PLAIN).equalTo("few")).matched()).isZero();
  }

  private static void explainsScan(BackendUnderTest tested) {
    fill(tested, PLAIN);
    QueryPlan plan = tested.backend().explain(Query.where(PLAIN).equalTo("few"));
    assertThat(plan.matched()).isEqualTo(3);
    assertThat(steps(plan)).as(plan.describe()).noneMatch(s -> s.access() == Access.INDEX);
    assertThat(steps(plan))
        .as(plan.describe())
        .anyMatch(s -> s.access() == Access.SCAN && s.examined() == 100);
  }

  private static void explainsConjunction(BackendUnderTest tested) {
    RegistryBackend backend = tested.backend();
    for (String attribute : backend.indexedAttributes()) {
      fill(tested, attribute);
      Query few = Query.where(attribute).equalTo("few");
      for (Query query :
          List.of(
              few.and(Query.where("number").lessThan(2)),
              Query.where("number").lessThan(2).and(few),
              Query.allOf(
                  List.of(
                      Query.where("number").present(), few, Query.where("number").lessThan(2))))) {
        QueryPlan plan = backend.explain(query);
        assertThat(plan.matched()).as(plan.describe()).isEqualTo(2);
        assertNoScan(plan, 3);
      }
    }
    assertThat(backend.explain(Query.parse("(&(" + PLAIN + "=few)(number<2))")).matched())
        .isEqualTo(backend.query(Query.parse("(&(" + PLAIN + "=few)(number<2))")).size());
  }

  /** Three agents with the value "few", 97 with the value "many", numbered. */
  private static void fill(BackendUnderTest tested, String attribute) {
    Fixtures fixtures = new Fixtures(tested.owners());
    ServiceReference<?> service = tested.owners().newService();
    tested.backend().clear();
    for (int i = 0; i < 100; i++) {
      tested
          .backend()
          .putIfAbsent(
              fixtures.agent(
                  "a" + i, service, Map.of(attribute, i < 3 ? "few" : "many", "number", i)));
    }
  }

  private static void assertNoScan(QueryPlan plan, int atMost) {
    assertThat(steps(plan)).as(plan.describe()).noneMatch(s -> s.access() == Access.SCAN);
    assertThat(steps(plan)).as(plan.describe()).allMatch(s -> s.examined() <= atMost);
  }

  private static Stream<QueryPlan> steps(QueryPlan plan) {
    return Stream.concat(Stream.of(plan), plan.parts().stream().flatMap(BackendIndexRules::steps));
  }
}

package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** Which index a query uses, and what it looks at (R6.28, B3.4 to B3.7, B2.10). */
class QueryPlannerTest {

  private static final ServiceReference<?> SERVICE = new FakeOwners().newService();

  private final AgentStore store =
      new AgentStore(
          new Indexing(Set.of("capability", "node", "cores", "resources.memory"), Set.of("number")),
          owner -> true);
  private final QueryPlanner planner = new QueryPlanner(store);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());

  /** 100 agents: 10 on each node, half of them translate, all of them have several capabilities. */
  @BeforeEach
  void fill() {
    for (int i = 0; i < 100; i++) {
      Object cores = i % 2 == 0 ? (Object) 8 : "8";
      store.putIfAbsent(
          fixtures.agent(
              "a" + i,
              Map.of(
                  "capability",
                  List.of(i % 2 == 0 ? "translation" : "search", "any", "c" + i),
                  "node",
                  "n" + i / 10,
                  "cores",
                  cores,
                  "plain",
                  i,
                  "number",
                  i % 2 == 0 ? (Object) i : (Object) (i + 0.5),
                  "resources",
                  List.of(Map.of("memory", i / 10), Map.of("memory", 512)))));
    }
  }

  @Test
  void equalityIsAnsweredByItsListAlone() {
    QueryPlan plan = explain("(node=n3)", 10);
    assertPlan(plan, Access.INDEX, "node", 10, 0);
    assertThat(plan.parts()).isEmpty();
  }

  @Test
  void valueThatNobodyHasLooksAtNobody() {
    assertPlan(explain("(node=n99)", 0), Access.INDEX, "node", 0, 0);
  }

  @Test
  void elementsAndNestedPathsAreIndexed() {
    assertPlan(explain("(capability=c42)", 1), Access.INDEX, "capability", 1, 0);
    assertPlan(explain("(resources.memory=3)", 10), Access.INDEX, "resources.memory", 10, 0);
    assertPlan(explain("(resources.memory=512)", 100), Access.INDEX, "resources.memory", 100, 0);
  }

  @Test
  void operandThatEqualsTextAndNumberReadsBothLists() {
    assertPlan(explain("(cores=8)", 100), Access.INDEX, "cores", 100, 0);
    assertPlan(explain("(cores=8.0)", 50), Access.INDEX, "cores", 50, 0);
  }

  @Test
  void conjunctionOfIndexedConditionsLooksAtNobody() {
    QueryPlan plan = explain("(&(capability=translation)(node=n3))", 5);
    assertPlan(plan, Access.INTERSECTION, "", 10, 0);
    assertThat(plan.parts()).extracting(QueryPlan::index).containsExactly("capability", "node");
    assertThat(plan.parts()).extracting(QueryPlan::matched).containsExactly(50, 10);
  }

  @Test
  void conditionWithoutIndexIsAskedOfTheCandidates() {
    QueryPlan plan = explain("(&(plain<35)(capability=translation)(node=n3))", 3);
    assertPlan(plan, Access.FILTER, "", 10, 5);
    assertThat(plan.parts()).extracting(QueryPlan::access).containsExactly(Access.INTERSECTION);
    assertThat(plan.parts().get(0).filter()).isEqualTo("(&(capability=translation)(node=n3))");
    QueryPlan one = explain("(&(plain<35)(node=n3))", 5);
    assertPlan(one, Access.FILTER, "", 10, 10);
    assertThat(one.parts().get(0).filter()).isEqualTo("(node=n3)");
  }

  @Test
  void unionGivesNobodyTwice() {
    QueryPlan plan = explain("(|(node=n1)(node=n2)(capability=c15)(capability=c99))", 21);
    assertPlan(plan, Access.UNION, "", 22, 0);
    assertThat(plan.parts())
        .extracting(QueryPlan::index)
        .containsExactly("node", "node", "capability", "capability");
  }

  @Test
  void unionOfManyIsMerged() {
    StringBuilder in = new StringBuilder("(|");
    for (int i = 0; i < 40; i++) {
      in.append("(capability=c").append(i).append(')');
    }
    assertPlan(explain(in.append(')').toString(), 40), Access.UNION, "", 40, 0);
  }

  @Test
  void unionInsideConjunctionIsUsed() {
    QueryPlan plan = explain("(&(capability=any)(|(node=n1)(capability=c99)))", 11);
    assertPlan(plan, Access.INTERSECTION, "", 11, 0);
    assertThat(plan.parts())
        .extracting(QueryPlan::access)
        .containsExactly(Access.INDEX, Access.UNION);
  }

  @Test
  void unionOfAConditionWithoutIndexInsideConjunctionIsAskedOfTheCandidates() {
    assertPlan(explain("(&(node=n1)(|(plain=15)(capability=c16)))", 2), Access.FILTER, "", 10, 10);
    QueryPlan plan = explain("(|(&(node=n1)(plain=15))(capability=c16))", 2);
    assertPlan(plan, Access.FILTER, "", 11, 10);
    assertThat(plan.parts()).extracting(QueryPlan::access).containsExactly(Access.UNION);
  }

  @Test
  void negationIsADifference() {
    assertPlan(explain("(!(node=n3))", 90), Access.DIFFERENCE, "", 90, 0);
    assertPlan(explain("(!(|(node=n3)(capability=search)))", 45), Access.DIFFERENCE, "", 100, 0);
    QueryPlan plan = explain("(&(node=n3)(!(capability=search)))", 5);
    assertPlan(plan, Access.INTERSECTION, "", 10, 0);
  }

  @Test
  void presenceHasAList() {
    Agent bare = fixtures.agent("bare", Map.of("plain", 5, "node", List.of()));
    store.putIfAbsent(bare);
    assertPlan(explain("(node=*)", 101), Access.INDEX, "node", 101, 0);
    assertPlan(explain("(capability=*)", 100), Access.INDEX, "capability", 100, 0);
    assertPlan(explain("(!(capability=*))", 1), Access.DIFFERENCE, "", 1, 0);
    store.replace(bare, bare.withMetadata(Metadata.empty()));
    explain("(node=*)", 100);
  }

  @Test
  void otherConditionsGoThroughTheKeysOfAnIndex() {
    assertPlan(explain("(node=n*)", 100), Access.INDEX, "node", 100, 0);
    assertPlan(explain("(node=*3)", 10), Access.INDEX, "node", 10, 0);
    assertPlan(explain("(node>=n3)", 70), Access.INDEX, "node", 70, 0);
    assertPlan(explain("(node~= N3)", 10), Access.INDEX, "node", 10, 0);
  }

  @Test
  void moreKeysThanCandidatesAreNotGoneThrough() {
    QueryPlan plan = explain("(&(capability=c*)(node=n3))", 10);
    assertPlan(plan, Access.FILTER, "", 10, 10);
    assertThat(plan.parts()).extracting(QueryPlan::index).containsExactly("node");
  }

  @Test
  void rangeReadsThePartOfAnOrderedIndex() {
    assertPlan(explain("(number>=90)", 10), Access.INDEX, "number", 10, 0);
    assertPlan(explain("(number>90)", 9), Access.INDEX, "number", 9, 0);
    assertPlan(explain("(number<10)", 10), Access.INDEX, "number", 10, 0);
    assertPlan(explain("(number<=10)", 11), Access.INDEX, "number", 11, 0);
    assertPlan(explain("(number<3.5)", 3), Access.INDEX, "number", 3, 0);
    assertPlan(explain("(number<=3.5)", 4), Access.INDEX, "number", 4, 0);
    assertPlan(explain("(&(number>=20)(number<30)(node=n2))", 10), Access.INTERSECTION, "", 10, 0);
    store.putIfAbsent(fixtures.agent("text", Map.of("number", List.of("x", "", "95", 'c'))));
    store.putIfAbsent(fixtures.agent("flag", Map.of("number", List.of(true, Double.NaN))));
    explain("(number>=90)", 11);
    explain("(number>=x)", 1);
    explain("(number>x)", 0);
    explain("(number<=)", 1);
    explain("(number<0)", 1);
    explain("(number=true)", 1);
    explain("(number=*)", 102);
  }

  @Test
  void onlyWhatNoIndexCanTellLooksAtAll() {
    for (String filter :
        List.of(
            "(plain=5)",
            "(!(plain=5))",
            "(|(node=n1)(plain=5))",
            "(!(&(node=n1)(plain=15)))",
            "(|(plain>5)(!(node=n3)))")) {
      Query query = Query.parse(filter);
      QueryPlan plan = explain(filter, (int) store.all().stream().filter(matching(query)).count());
      assertPlan(plan, Access.SCAN, "", 100, 100);
    }
  }

  @Test
  void largeListsAreReadByChunks() {
    for (int i = 0; i < 20_000; i++) {
      store.putIfAbsent(
          fixtures.agent(
              "b" + i,
              SERVICE,
              Map.of("capability", i % 3 == 0 ? "x" : "y", "node", i % 2, "number", i % 1_000)));
    }
    for (String filter :
        List.of(
            "(capability=x)",
            "(&(capability=x)(node=1))",
            "(&(capability=x)(!(node=1)))",
            "(!(capability=y))",
            "(&(number<100)(capability=y)(node=*))",
            "(|(capability=x)(number>=990))",
            "(&(|(number=1)(number=2))(capability=y)(!(node=1)))")) {
      Query query = Query.parse(filter);
      int matches = (int) store.all().stream().filter(matching(query)).count();
      assertThat(matches).as(filter).isPositive();
      assertThat(explain(filter, matches).access()).as(filter).isNotEqualTo(Access.SCAN);
    }
  }

  @Test
  void indexesFollowAnUpdate() {
    Agent agent = store.get("a35");
    assertThat(store.replace(agent, agent.withMetadata(Fixtures.TRANSLATOR))).isTrue();
    explain("(node=n3)", 9);
    explain("(capability=c35)", 0);
    explain("(node=node-1)", 1);
  }

  @Test
  void everyListIsDroppedWithTheLastAgent() {
    for (Agent agent : List.copyOf(store.all())) {
      assertThat(store.remove(agent)).isTrue();
    }
    assertThat(store.indexes().lists()).isZero();
    assertThat(store.owners()).isZero();
  }

  @Test
  void clearLeavesNoList() {
    store.clear();
    assertThat(store.indexes().lists()).isZero();
    assertThat(store.owners()).isZero();
    explain("(node=n3)", 0);
  }

  private static Predicate<Agent> matching(Query query) {
    return agent -> query.matches(agent.metadata());
  }

  /** All ways to ask agree with a look at every agent. */
  private QueryPlan explain(String filter, int matches) {
    Query query = Query.parse(filter);
    List<Agent> expected = store.all().stream().filter(matching(query)).toList();
    assertThat(expected.size()).as("matching %s", filter).isEqualTo(matches);
    assertThat(Set.copyOf(planner.find(query))).as(filter).isEqualTo(Set.copyOf(expected));
    assertThat(planner.find(query).size()).as(filter).isEqualTo(matches);
    assertThat(planner.count(query)).as("count of %s", filter).isEqualTo(matches);
    assertThat(planner.exists(query)).as("whether there is %s", filter).isEqualTo(matches > 0);
    QueryPlan plan = planner.explain(query);
    assertThat(plan.filter()).isEqualTo(query.toString());
    assertThat(plan.matched()).isEqualTo(matches);
    return plan;
  }

  private static void assertPlan(
      QueryPlan plan, Access access, String index, int estimated, int examined) {
    assertThat(plan.access()).as(plan.filter()).isEqualTo(access);
    assertThat(plan.index()).as(plan.filter()).isEqualTo(index);
    assertThat(plan.estimated()).as("estimated for %s", plan.filter()).isEqualTo(estimated);
    assertThat(plan.examined()).as("looked at for %s", plan.filter()).isEqualTo(examined);
  }
}

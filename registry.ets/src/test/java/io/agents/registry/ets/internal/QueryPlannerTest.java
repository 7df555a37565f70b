package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
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

/** Which index a query uses, and what it looks at (R6.28, B3.4 to B3.7, B2.10). */
class QueryPlannerTest {

  private final AgentStore store =
      new AgentStore(Set.of("capability", "node", "cores", "resources.memory"), owner -> true);
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
                  "resources",
                  List.of(Map.of("memory", i / 10), Map.of("memory", 512)))));
    }
  }

  @Test
  void equalityReadsOnePostingList() {
    QueryPlan plan = explain("(node=n3)", 10);
    assertPlan(plan, Access.INDEX, "node", 10, 10);
    assertThat(plan.parts()).isEmpty();
  }

  @Test
  void valueThatNobodyHasLooksAtNobody() {
    assertPlan(explain("(node=n99)", 0), Access.INDEX, "node", 0, 0);
  }

  @Test
  void elementsAndNestedPathsAreIndexed() {
    assertPlan(explain("(capability=c42)", 1), Access.INDEX, "capability", 1, 1);
    assertPlan(explain("(resources.memory=3)", 10), Access.INDEX, "resources.memory", 10, 10);
    assertPlan(explain("(resources.memory=512)", 100), Access.INDEX, "resources.memory", 100, 100);
  }

  @Test
  void operandThatEqualsTextAndNumberReadsBothLists() {
    assertPlan(explain("(cores=8)", 100), Access.INDEX, "cores", 100, 100);
    assertPlan(explain("(cores=8.0)", 50), Access.INDEX, "cores", 50, 50);
  }

  @Test
  void conjunctionTakesTheCheapestOperandAndFilters() {
    QueryPlan plan = explain("(&(capability=translation)(node=n3)(plain<35))", 3);
    assertPlan(plan, Access.FILTER, "", 10, 10);
    assertThat(plan.parts()).hasSize(1);
    assertThat(plan.parts().get(0).access()).isEqualTo(Access.INDEX);
    assertThat(plan.parts().get(0).index()).isEqualTo("node");
    assertThat(plan.parts().get(0).filter()).isEqualTo("(node=n3)");
  }

  @Test
  void unionGivesNobodyTwice() {
    QueryPlan plan = explain("(|(node=n1)(node=n2)(capability=c15)(capability=c99))", 21);
    assertPlan(plan, Access.UNION, "", 22, 21);
    assertThat(plan.parts())
        .extracting(QueryPlan::index)
        .containsExactly("node", "node", "capability", "capability");
  }

  @Test
  void unionInsideConjunctionIsUsed() {
    QueryPlan plan = explain("(&(capability=any)(|(node=n1)(capability=c99)))", 11);
    assertPlan(plan, Access.FILTER, "", 11, 11);
    assertThat(plan.parts()).extracting(QueryPlan::access).containsExactly(Access.UNION);
  }

  @Test
  void everythingElseLooksAtAll() {
    for (String filter :
        List.of(
            "(plain=5)",
            "(!(node=n3))",
            "(node=*)",
            "(node=n*)",
            "(node>=n3)",
            "(node~=N3)",
            "(|(node=n1)(plain=5))",
            "(&(plain>5)(!(node=n3)))")) {
      Query query = Query.parse(filter);
      QueryPlan plan = explain(filter, (int) store.all().stream().filter(matching(query)).count());
      assertPlan(plan, Access.SCAN, "", 100, 100);
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
    assertThat(expected).as("matching %s", filter).hasSize(matches);
    assertThat(planner.find(query)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(planner.count(query)).isEqualTo(matches);
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

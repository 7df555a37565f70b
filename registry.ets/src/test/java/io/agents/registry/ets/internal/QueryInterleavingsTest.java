package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes between the two halves of a query (B5.1, B5.2, B5.3). */
class QueryInterleavingsTest {

  private final AgentStore store =
      new AgentStore(Indexing.of("capability", "cores"), owner -> true);
  private final QueryPlanner planner = new QueryPlanner(store);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());

  /** What a query gives if something is written when the indexes were read. */
  private List<Agent> find(String filter, Runnable write) {
    QueryPlanner.Collected collected = planner.collect(Query.parse(filter));
    assertThat(collected).as("an index helps with %s", filter).isNotNull();
    write.run();
    List<Agent> found = planner.confirm(collected);
    return found != null ? found : planner.find(Query.parse(filter));
  }

  private void store(String id, Map<String, ?> metadata) {
    assertThat(store.putIfAbsent(fixtures.agent(id, metadata))).isNull();
  }

  private void update(String id, Map<String, ?> metadata) {
    Agent agent = store.get(id);
    assertThat(store.replace(agent, agent.withMetadata(Metadata.copyOf(metadata)))).isTrue();
  }

  @Test
  void agentThatLeavesTheListAndComesBackIsGivenOnce() {
    List<String> ids = List.of("x", "y", "z");
    ids.forEach(id -> store(id, Map.of("capability", "a")));
    List<Agent> found =
        find(
            "(capability=a)",
            () -> {
              for (String id : ids) {
                update(id, Map.of("capability", "b"));
                update(id, Map.of("capability", "a"));
              }
            });
    assertThat(found).extracting(Agent::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(found).as("as they are now").extracting(Agent::revision).containsOnly(3L);
  }

  @Test
  void agentThatGoesFromOneListOfUnionToAnotherIsFoundOnce() {
    for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
      store.clear();
      store("first", Map.of("capability", List.of("a", "b")));
      store("mover", Map.of("capability", order.get(1)));
      String filter = "(|(capability=" + order.get(0) + ")(capability=" + order.get(1) + "))";
      List<Agent> found = find(filter, () -> update("mover", Map.of("capability", order.get(0))));
      assertThat(found).extracting(Agent::id).containsExactlyInAnyOrder("first", "mover");
    }
  }

  @Test
  void agentWhoseValueChangesItsTypeIsFound() {
    for (List<Object> order : List.<List<Object>>of(List.of(8, "8"), List.of("8", 8))) {
      store.clear();
      store("first", Map.of("cores", List.of(8, "8")));
      store("mover", Map.of("cores", order.get(0)));
      List<Agent> found = find("(cores=8)", () -> update("mover", Map.of("cores", order.get(1))));
      assertThat(found).extracting(Agent::id).containsExactlyInAnyOrder("first", "mover");
    }
  }

  @Test
  void agentThatCeasesToMatchIsNotGivenInAnyRevisionThatDoesNot() {
    store("x", Map.of("capability", "a", "cores", 1));
    store("y", Map.of("capability", "a", "cores", 1));
    List<Agent> found =
        find(
            "(&(capability=a)(cores=1))", () -> update("x", Map.of("capability", "a", "cores", 2)));
    assertThat(found).extracting(Agent::id).containsExactly("y");
  }

  @Test
  void slotThatIsGivenToAnotherAgentMeanwhileIsNoAnswer() {
    store("gone", Map.of("capability", "a"));
    store("stays", Map.of("capability", "a"));
    String sameStripe = idOfStripe("gone");
    List<Agent> found =
        find(
            "(capability=a)",
            () -> {
              assertThat(store.remove(store.get("gone"))).isTrue();
              store(sameStripe, Map.of("capability", "b"));
            });
    assertThat(found).extracting(Agent::id).containsExactly("stays");
    assertThat(planner.find(Query.parse("(capability=b)"))).hasSize(1);
  }

  @Test
  void slotThatIsGivenToAnotherAgentThatMatchesIsGivenAsThatAgent() {
    store("gone", Map.of("capability", "a", "cores", 1));
    String sameStripe = idOfStripe("gone");
    List<Agent> found =
        find(
            "(&(capability=a)(!(cores=2)))",
            () -> {
              assertThat(store.remove(store.get("gone"))).isTrue();
              store(sameStripe, Map.of("capability", "a", "cores", 3));
            });
    assertThat(found).extracting(Agent::id).containsExactly(sameStripe);
  }

  /** An id whose agent is given the slot that was given back last. */
  private static String idOfStripe(String other) {
    int stripe = IdTable.stripe(IdTable.hash(other));
    for (int i = 0; ; i++) {
      if (IdTable.stripe(IdTable.hash("id-" + i)) == stripe) {
        return "id-" + i;
      }
    }
  }

  @Test
  void agentWhoseNegationHoldsAllTheTimeIsFoundWhileItMoves() {
    store("mover", Map.of("capability", "a", "cores", 1));
    List<Agent> found =
        find(
            "(&(capability=*)(!(&(capability=a)(cores=2))))",
            () -> update("mover", Map.of("capability", "b", "cores", 2)));
    assertThat(found).extracting(Agent::id).containsExactly("mover");
  }

  @Test
  void indexesThatAreExchangedInTheMidstOfQueryMissNobody() {
    store("first", Map.of("capability", List.of("a", "b")));
    store("mover", Map.of("capability", "b"));
    List<Agent> found =
        find(
            "(|(capability=a)(capability=b))",
            () -> {
              store.reindex(Indexing.of("cores"));
              update("mover", Map.of("capability", "a"));
            });
    assertThat(found).extracting(Agent::id).containsExactlyInAnyOrder("first", "mover");
  }

  @Test
  void clearInTheMidstOfQueryLeavesWhatCameAfterIt() {
    store("before", Map.of("capability", "a"));
    List<Agent> found =
        find(
            "(capability=a)",
            () -> {
              store.clear();
              store("after", Map.of("capability", "a"));
            });
    assertThat(found).extracting(Agent::id).containsExactly("after");
  }

  @Test
  void moreChangesThanTheLogHoldsAreNoticed() {
    store("x", Map.of("capability", "a"));
    store("y", Map.of("capability", "a"));
    QueryPlanner.Collected collected = planner.collect(Query.parse("(capability=a)"));
    assertThat(collected).isNotNull();
    for (int i = 0; i <= ChangeLog.RING; i++) {
      update("y", Map.of("capability", "b"));
    }
    assertThat(planner.confirm(collected)).as("nobody knows").isNull();
  }
}

package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes at one certain moment of a query: after its first match (B5.2, B5.3). */
class QueryInterleavingsTest {

  private final AgentStore store = new AgentStore(Set.of("capability", "cores"), owner -> true);
  private final QueryPlanner planner = new QueryPlanner(store);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());

  /** Collects, and writes once, when the first match was found. */
  private static final class WritingAtFirst extends Matches {
    private final List<Agent> found = new ArrayList<>();
    private Runnable write;

    WritingAtFirst(Runnable write) {
      this.write = write;
    }

    @Override
    void add(Agent agent) {
      found.add(agent);
      Runnable once = write;
      write = () -> {};
      once.run();
    }

    @Override
    void restart() {
      found.clear();
    }

    @Override
    int size() {
      return found.size();
    }
  }

  private List<Agent> find(String filter, Runnable writeAtFirst) {
    WritingAtFirst matches = new WritingAtFirst(writeAtFirst);
    planner.read(Query.parse(filter), matches);
    return matches.found;
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
    // Equal hash codes: whoever comes back is the last of them in the list.
    store("AaAa", Map.of("capability", "a"));
    store("AaBB", Map.of("capability", "a"));
    store("BBAa", Map.of("capability", "a"));
    List<Agent> found =
        find(
            "(capability=a)",
            () -> {
              for (String id : List.of("AaAa", "AaBB", "BBAa")) {
                update(id, Map.of("capability", "b"));
                update(id, Map.of("capability", "a"));
              }
            });
    assertThat(found).extracting(Agent::id).containsOnlyOnce("AaAa").doesNotHaveDuplicates();
  }

  @Test
  void agentThatGoesFromListOfUnionToOneThatWasReadIsFound() {
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
  void unionEndsThoughSomebodyMovesEveryTime() {
    store("first", Map.of("capability", List.of("a", "b")));
    store("mover", Map.of("capability", "b"));
    List<Agent> found = new ArrayList<>();
    Matches restless =
        new Matches() {
          @Override
          void add(Agent agent) {
            found.add(agent);
            Object now = store.get("mover").metadata().get("capability");
            update("mover", Map.of("capability", "a".equals(now) ? "b" : "a"));
          }

          @Override
          void restart() {
            found.clear();
          }

          @Override
          int size() {
            return found.size();
          }
        };
    planner.read(Query.parse("(|(capability=a)(capability=b))"), restless);
    assertThat(found).extracting(Agent::id).containsExactlyInAnyOrder("first", "mover");
  }

  @Test
  void agentThatCeasesToMatchIsNotGivenInTheOldRevision() {
    store("AaAa", Map.of("capability", "a", "cores", 1));
    store("AaBB", Map.of("capability", "a", "cores", 1));
    List<Agent> found =
        find(
            "(&(capability=a)(cores=1))",
            () -> {
              for (String id : List.of("AaAa", "AaBB")) {
                update(id, Map.of("capability", "a", "cores", 2));
              }
            });
    assertThat(found).as("those that matched when they were looked at").hasSizeLessThan(2);
  }

  @Test
  void indexesThatAreExchangedInTheMidstOfQueryMissNobody() {
    store("first", Map.of("capability", List.of("a", "b")));
    store("mover", Map.of("capability", "b"));
    List<Agent> found =
        find(
            "(|(capability=a)(capability=b))",
            () -> {
              store.reindex(Set.of("cores"));
              update("mover", Map.of("capability", "a"));
            });
    assertThat(found).extracting(Agent::id).containsExactlyInAnyOrder("first", "mover");
  }
}

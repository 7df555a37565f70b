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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What queries find while agents are updated, and while the indexes are exchanged (B5.2, B5.3). */
class QueriesDuringWritesTest {

  private static final int ROUNDS = 20_000;

  /** Equal hash codes: their order in a posting list is that of their coming. */
  private static final List<String> COLLIDING =
      List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBAaBB");

  private final AgentStore store =
      new AgentStore(Indexing.of("capability", "cores"), owner -> true);
  private final QueryPlanner planner = new QueryPlanner(store);
  private final Fixtures fixtures = new Fixtures(new FakeOwners());
  private final TwoThreads threads = new TwoThreads();

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void agentThatGoesBetweenTheListsOfOneOperandIsAlwaysFound() throws Exception {
    updateWhileReading(
        List.of(Map.of("cores", 8), Map.of("cores", "8")), Query.parse("(cores=8)"), true);
  }

  @Test
  void agentThatGoesBetweenTheListsOfUnionIsAlwaysFound() throws Exception {
    updateWhileReading(
        List.of(Map.of("capability", "a"), Map.of("cores", 1), Map.of("capability", "b")),
        Query.parse("(|(capability=a)(capability=b)(cores=1))"),
        true);
  }

  @Test
  void agentWhoseOtherValuesChangeIsAlwaysFound() throws Exception {
    updateWhileReading(
        List.of(
            Map.of("capability", List.of("a", "x"), "cores", 1),
            Map.of("capability", List.of("y", "a"), "cores", 2)),
        Query.parse("(capability=a)"),
        true);
  }

  @Test
  void agentThatLeavesListAndComesBackIsGivenOnce() throws Exception {
    updateWhileReading(
        List.of(Map.of("capability", "a"), Map.of("capability", "b")),
        Query.parse("(capability=a)"),
        false);
  }

  private void updateWhileReading(
      List<Map<String, Object>> values, Query query, boolean alwaysMatches) throws Exception {
    List<Metadata> metadata = values.stream().map(Metadata::copyOf).toList();
    COLLIDING.forEach(id -> store.putIfAbsent(fixtures.agent(id, metadata.get(0))));
    threads.readWhile(
        () -> {
          for (int i = 1; i <= ROUNDS; i++) {
            Agent agent = store.get(COLLIDING.get(i / metadata.size() % COLLIDING.size()));
            Metadata next = metadata.get((int) (agent.revision() % metadata.size()));
            assertThat(store.replace(agent, agent.withMetadata(next))).isTrue();
          }
        },
        () -> {
          List<Agent> found = planner.find(query);
          assertThat(found).extracting(Agent::id).doesNotHaveDuplicates();
          assertThat(found).allMatch(agent -> query.matches(agent.metadata()));
          int count = planner.count(query);
          if (alwaysMatches) {
            assertThat(found).extracting(Agent::id).containsExactlyInAnyOrderElementsOf(COLLIDING);
            assertThat(count).isEqualTo(COLLIDING.size());
          } else {
            assertThat(count).isBetween(0, COLLIDING.size());
          }
        });
    new ArrayList<>(store.all()).forEach(store::remove);
    assertThat(store.indexes().lists()).as("posting lists left").isZero();
  }

  @Test
  void nobodyIsMissedWhileIndexesAreExchanged() throws Exception {
    List<String> stable = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stable.add("s" + i);
      store.putIfAbsent(fixtures.agent("s" + i, Map.of("capability", "a", "cores", i % 5)));
    }
    List<Set<String>> sets =
        List.of(Set.of("cores"), Set.of("capability", "cores"), Set.of(), Set.of("capability"));
    threads.race(
        () -> {
          for (int i = 0; i < 400; i++) {
            store.reindex(new Indexing(sets.get(i % sets.size()), Set.of()));
            assertThat(planner.find(Query.parse("(&(capability=a)(cores=3))"))).hasSize(40);
            assertThat(planner.find(Query.parse("(capability=a)")))
                .extracting(Agent::id)
                .containsAll(stable);
          }
        },
        this::comeUpdateAndGo);
    store.reindex(Indexing.of("capability", "cores"));
    for (int i = 0; i < 5; i++) {
      assertThat(planner.explain(Query.where("cores").equalTo(i)).estimated()).isEqualTo(40);
    }
    assertThat(planner.explain(Query.parse("(capability=a)")).estimated()).isEqualTo(200);
    new ArrayList<>(store.all()).forEach(store::remove);
    assertThat(store.indexes().lists()).as("posting lists left").isZero();
  }

  private void comeUpdateAndGo() {
    for (int i = 0; i < ROUNDS; i++) {
      Agent agent = fixtures.agent("w" + i % 7, Map.of("capability", List.of("a", "w" + i)));
      assertThat(store.putIfAbsent(agent)).isNull();
      Agent updated =
          agent.withMetadata(Metadata.copyOf(Map.of("capability", "w", "cores", i % 5 + 5)));
      assertThat(store.replace(agent, updated)).isTrue();
      assertThat(planner.find(Query.parse("(capability=w)"))).containsExactly(updated);
      assertThat(store.remove(updated)).isTrue();
      assertThat(planner.find(Query.parse("(capability=w)"))).isEmpty();
    }
  }

  @Test
  void writersOfTheSameIdLeaveMapAndIndexesInStep() throws Exception {
    threads.race(() -> writeAtRandom(1), () -> writeAtRandom(2));
    for (Agent agent : List.copyOf(store.all())) {
      assertThat(store.agentsOf(agent.service())).contains(agent);
      assertThat(
              planner.find(Query.where("capability").equalTo(agent.metadata().get("capability"))))
          .contains(agent);
      assertThat(store.remove(agent)).isTrue();
    }
    assertThat(store.indexes().lists()).as("posting lists left").isZero();
    assertThat(store.owners()).as("owners left").isZero();
  }

  private void writeAtRandom(int writer) {
    for (int i = 0; i < ROUNDS; i++) {
      String id = COLLIDING.get(i * writer % 3);
      Agent held = store.get(id);
      Agent mine = fixtures.agent(id, Map.of("capability", "c" + i % 4, "cores", i % 3));
      if (held == null) {
        store.putIfAbsent(mine);
      } else if (i % 3 == 0) {
        store.replace(held, mine);
      } else if (i % 3 == 1) {
        store.replace(held, held.withMetadata(mine.metadata()));
      } else {
        store.remove(held);
      }
    }
  }
}

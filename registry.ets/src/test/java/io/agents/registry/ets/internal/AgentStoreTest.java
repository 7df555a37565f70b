package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** The order of writes (B4.2, B4.14, B5.2), and indexes that are built beside those in use. */
class AgentStoreTest {

  private static final Set<String> INDEXED = Set.of("capability");

  private final Fixtures fixtures = new Fixtures(new FakeOwners());
  private Predicate<ServiceReference<?>> mayHaveAgents = owner -> true;
  private final AgentStore store =
      new AgentStore(new Indexing(INDEXED, Set.of()), owner -> mayHaveAgents.test(owner));
  private final QueryPlanner planner = new QueryPlanner(store);

  @Test
  void sweepThatBeginsWhileAnAgentIsStoredFindsIt() throws Exception {
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    FutureTask<List<Agent>> sweep = sweepInTheMidst(agent.service());
    assertThat(store.putIfAbsent(agent)).isNull();
    assertThat(sweep.get(30, TimeUnit.SECONDS)).containsExactly(agent);
  }

  @Test
  void sweepThatBeginsWhileAnAgentIsReplacedFindsTheNewOne() throws Exception {
    Agent former = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent latter = fixtures.agent("a", Fixtures.SEARCHER);
    store.putIfAbsent(former);
    FutureTask<List<Agent>> sweep = sweepInTheMidst(latter.service());
    assertThat(store.replace(former, latter)).isTrue();
    assertThat(sweep.get(30, TimeUnit.SECONDS)).containsExactly(latter);
    assertThat(store.agentsOf(former.service())).isEmpty();
    assertThat(store.owners()).isEqualTo(1);
  }

  /**
   * Begins when the store asks for the owner, and has begun to wait, or ended, before it goes on.
   */
  private FutureTask<List<Agent>> sweepInTheMidst(ServiceReference<?> owner) {
    FutureTask<List<Agent>> sweep = new FutureTask<>(() -> store.agentsOf(owner));
    mayHaveAgents =
        asked -> {
          Thread sweeping = new Thread(sweep, "sweep");
          sweeping.start();
          await("the sweep to wait for the writer, or to end")
              .atMost(Duration.ofSeconds(30))
              .pollInterval(Duration.ofMillis(1))
              .until(() -> sweep.isDone() || sweeping.getState() == Thread.State.WAITING);
          return true;
        };
    return sweep;
  }

  @Test
  void refusedOwnerChangesNothing() {
    Agent there = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent other = fixtures.agent("a", Fixtures.SEARCHER);
    store.putIfAbsent(there);
    int lists = store.indexes().lists();
    mayHaveAgents = owner -> false;
    assertThatThrownBy(() -> store.replace(there, other)).isInstanceOf(OwnerGoneException.class);
    assertThatThrownBy(() -> store.replace(there, there.withMetadata(Fixtures.SEARCHER)))
        .isInstanceOf(OwnerGoneException.class);
    assertThatThrownBy(() -> store.putIfAbsent(fixtures.agent("b", Fixtures.SEARCHER)))
        .isInstanceOf(OwnerGoneException.class);
    assertThat(store.all()).containsExactly(there);
    assertThat(store.agentsOf(there.service())).containsExactly(there);
    assertThat(store.oneOfEachOwner()).containsExactly(there);
    assertThat(store.owners()).isEqualTo(1);
    assertThat(store.indexes().lists()).isEqualTo(lists);
  }

  @Test
  void writesBetweenTheStepsOfReindexingAreInTheNewIndexes() {
    List<Agent> before = fixtures.agents("a", 6, Map.of("capability", "x", "node", "n"));
    before.forEach(store::putIfAbsent);
    store.beginBuilding(Indexing.of("node"));
    writeOneOfEach(before.subList(0, 3), "early");
    store.build();
    writeOneOfEach(before.subList(3, 6), "late");
    assertThat(store.indexes().attributes()).isEqualTo(INDEXED);
    assertIndexed("capability", "y", 4);
    store.useBuilt();
    assertThat(store.indexes().attributes()).containsExactly("node");
    assertIndexed("node", "n", 2);
    assertIndexed("node", "early", 2);
    assertIndexed("node", "late", 2);
    List.copyOf(store.all()).forEach(store::remove);
    assertThat(store.indexes().lists()).as("posting lists left").isZero();
  }

  /** Updates the first, removes the second, replaces the third, and adds one. */
  private void writeOneOfEach(List<Agent> agents, String node) {
    Metadata changed = Metadata.copyOf(Map.of("capability", "y", "node", node));
    assertThat(store.replace(agents.get(0), agents.get(0).withMetadata(changed))).isTrue();
    assertThat(store.remove(agents.get(1))).isTrue();
    Agent unchanged = fixtures.agent(agents.get(2).id(), agents.get(2).metadata());
    assertThat(store.replace(agents.get(2), unchanged)).isTrue();
    assertThat(store.putIfAbsent(fixtures.agent(node, changed))).isNull();
  }

  @Test
  void clearBetweenTheStepsOfReindexingLeavesNothing() {
    fixtures.agents("a", 3, Map.of("node", "n")).forEach(store::putIfAbsent);
    store.beginBuilding(Indexing.of("node"));
    store.build();
    store.clear();
    store.useBuilt();
    assertThat(store.indexes().lists()).isZero();
    assertThat(store.size()).isZero();
  }

  private void assertIndexed(String attribute, String value, int count) {
    Query query = Query.where(attribute).equalTo(value);
    assertThat(planner.find(query)).as("found by %s", query).hasSize(count);
    assertThat(planner.explain(query).estimated()).as("in the list of %s", query).isEqualTo(count);
  }
}

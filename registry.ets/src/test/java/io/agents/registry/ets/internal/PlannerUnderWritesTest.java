package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.Fixtures;
import io.agents.registry.testkit.RandomMetadata;
import io.agents.registry.testkit.RandomQueries;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/**
 * Random queries, while two writers change what is asked for (B5.1, B5.2, B5.3). Half of the agents
 * stay as they are: of those a query finds exactly what a look at all of them does. The others are
 * updated, removed, replaced and put again, so that slots are used again all the time: each that is
 * found matches in the revision that is returned, and was there in that revision.
 */
class PlannerUnderWritesTest {

  private static final int STABLE = 300;
  private static final int MOVING = 40;
  private static final int QUERIES = Effort.rounds(3_000, 100_000);
  private static final int WRITERS = 2;

  private final Indexing indexing =
      new Indexing(Set.of("capability", "node", "tags", "active"), Set.of("load"));
  private final AgentStore store = new AgentStore(indexing, owner -> true);
  private final QueryPlanner planner = new QueryPlanner(store);
  private final FakeOwners owners = new FakeOwners();
  private final Fixtures fixtures = new Fixtures(owners);
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final AtomicBoolean done = new AtomicBoolean();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void answersAreThoseOfAFullLookWhileTwoWritersChangeWhatIsAskedFor() throws Exception {
    Random random = new Random(Seeds.next("queries beside two writers"));
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    ServiceReference<?> service = owners.newService();
    Map<String, Agent> stable = new HashMap<>();
    for (int i = 0; i < STABLE; i++) {
      Agent agent = fixtures.agent("stable-" + i, service, metadata.next());
      stable.put(agent.id(), agent);
      assertThat(store.putIfAbsent(agent)).isNull();
    }
    List<Future<Long>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      writers.add(threads.submit(writer("w" + writer + "-", new Random(random.nextLong()))));
    }
    try {
      for (int i = 0; i < QUERIES; i++) {
        ask(queries.next(), stable);
      }
    } finally {
      done.set(true);
    }
    long writes = 0;
    for (Future<Long> writer : writers) {
      writes += writer.get(60, TimeUnit.SECONDS);
    }
    List<Agent> all = store.all();
    Query everybody = Query.where("unknown").present().negate();
    assertThat(Set.copyOf(planner.find(everybody))).isEqualTo(Set.copyOf(all));
    all.forEach(store::remove);
    assertThat(store.indexes().lists()).as("posting lists left").isZero();
    assertThat(store.owners()).as("owners left").isZero();
    Figures.report("queries beside two writers", QUERIES + " queries, " + writes + " writes");
  }

  /**
   * Every agent tells in its metadata who wrote it: the number of its registration and revision.
   */
  private Callable<Long> writer(String prefix, Random random) {
    RandomMetadata metadata = new RandomMetadata(random);
    ServiceReference<?> service = owners.newService();
    return () -> {
      Map<String, Agent> mine = new HashMap<>();
      long writes = 0;
      while (!done.get()) {
        String id = prefix + random.nextInt(MOVING);
        Agent held = mine.get(id);
        Agent made = told(fixtures.agent(id, service, metadata.next()));
        if (held == null) {
          assertThat(store.putIfAbsent(made)).isNull();
          mine.put(id, made);
        } else if (random.nextInt(4) == 0) {
          assertThat(store.remove(held)).isTrue();
          mine.remove(id);
        } else {
          Agent next = random.nextInt(4) == 0 ? made : told(held.withMetadata(metadata.next()));
          assertThat(store.replace(held, next)).isTrue();
          mine.put(id, next);
        }
        writes++;
      }
      return writes;
    };
  }

  private static Agent told(Agent agent) {
    Map<String, Object> metadata = new HashMap<>(agent.metadata());
    metadata.put("written", agent.id() + "#" + agent.registration() + "." + agent.revision());
    return new Agent(
        agent.id(),
        agent.service(),
        agent.owner(),
        agent.registrar(),
        Metadata.copyOf(metadata),
        agent.registration(),
        agent.revision(),
        agent.registeredAtMillis());
  }

  private void ask(Query query, Map<String, Agent> stable) {
    List<Agent> found = planner.find(query);
    Set<String> stableFound = new HashSet<>();
    Set<Long> registrations = new HashSet<>();
    for (Agent agent : found) {
      if (!query.matches(agent.metadata()) || !registrations.add(agent.registration())) {
        throw new AssertionError(agent + " does not match or comes twice in " + query);
      }
      if (stable.containsKey(agent.id())) {
        stableFound.add(agent.id());
      } else {
        assertThat(agent.metadata().get("written"))
            .isEqualTo(agent.id() + "#" + agent.registration() + "." + agent.revision());
      }
    }
    Set<String> expected = new HashSet<>();
    stable.forEach(
        (id, agent) -> {
          if (query.matches(agent.metadata())) {
            expected.add(id);
          }
        });
    assertThat(stableFound).as("agents that stay, by %s", query).isEqualTo(expected);
    assertThat(planner.count(query))
        .as("count of %s", query)
        .isBetween(expected.size(), expected.size() + WRITERS * MOVING);
    if (!expected.isEmpty()) {
      assertThat(planner.exists(query)).as("exists %s", query).isTrue();
    }
    Search search = Search.of(query).orderBy("load").limit(STABLE + WRITERS * MOVING);
    assertThat(planner.find(search))
        .as("search %s", search)
        .allMatch(agent -> query.matches(agent.metadata()))
        .extracting(Agent::id)
        .containsAll(expected);
    List<Agent> first = planner.find(search.limit(3));
    assertThat(first).hasSizeLessThanOrEqualTo(3).doesNotHaveDuplicates();
    assertThat(first).allMatch(agent -> query.matches(agent.metadata()));
  }
}

package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import io.agents.registry.legacy.internal.LegacyBackend;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.Fixtures;
import io.agents.registry.testkit.RandomMetadata;
import io.agents.registry.testkit.RandomQueries;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/**
 * The same operations on {@code ets}, {@code legacy} and a plain map leave the same agents, and the
 * same queries and searches find the same (B2.5, B2.6, B2.8, B2.11, B2.12, B5.8).
 */
class ThreeImplementationsTest {

  private static final int OPERATIONS = 100_000;
  private static final int QUERIES = 10_000;
  private static final int IDS = 400;

  private static FelixFixture felix;

  private final Map<String, Agent> model = new HashMap<>();
  private final LegacyBackend legacy = new LegacyBackend();
  private EtsBackend ets;

  @BeforeAll
  static void startFelix() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stopFelix() {
    felix.close();
  }

  @Test
  void theSameOperationsAndQueriesHaveTheSameAnswers() {
    long seed = Seeds.next("the same operations on three implementations");
    Random random = new Random(seed);
    RandomMetadata metadata = new RandomMetadata(random);
    RandomQueries queries = new RandomQueries(random);
    Fixtures fixtures = new Fixtures(felix);
    ets = new EtsBackend(felix.context(), indexing(random));
    ServiceReference<?>[] services = new ServiceReference<?>[5];
    for (int i = 0; i < services.length; i++) {
      services[i] = felix.newService();
    }
    int matched = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      String id = "a" + random.nextInt(IDS);
      Agent made = fixtures.agent(id, services[random.nextInt(services.length)], metadata.next());
      write(random.nextInt(10), made);
      if (i % (OPERATIONS / 20) == 0) {
        ets.modified(indexing(random));
      }
      if (i % (OPERATIONS / QUERIES) == 0) {
        matched += ask(queries.next(), random);
      }
    }
    assertSame("all agents", all(ets), List.copyOf(model.values()));
    assertSame("all agents", all(legacy), List.copyOf(model.values()));
    ets.deactivate();
    felix.reset();
    Figures.report(
        "ets, legacy and a map",
        OPERATIONS + " operations and " + QUERIES + " queries with " + matched + " matches");
  }

  private static Map<String, Object> indexing(Random random) {
    List<String> attributes =
        List.of(
            "capability", "node", "load", "tags", "text", "active", "resources.memory", "a.b.c");
    return Map.of(
        IndexSettings.ATTRIBUTES, some(attributes, random, 2),
        IndexSettings.ORDERED, some(attributes, random, 3));
  }

  private static List<String> some(List<String> all, Random random, int oneIn) {
    return all.stream().filter(attribute -> random.nextInt(oneIn) == 0).toList();
  }

  private void write(int kind, Agent made) {
    Agent held = model.get(made.id());
    switch (kind) {
      case 0, 1, 2, 3 -> {
        model.putIfAbsent(made.id(), made);
        assertThat(ets.putIfAbsent(made)).isEqualTo(held);
        assertThat(legacy.putIfAbsent(made)).isEqualTo(held);
      }
      case 4, 5, 6 -> replace(held, held == null ? made : held.withMetadata(made.metadata()));
      case 7 -> replace(held, made);
      default -> {
        Agent expected = held == null ? made : held;
        model.remove(made.id());
        assertThat(ets.remove(expected)).isEqualTo(held != null);
        assertThat(legacy.remove(expected)).isEqualTo(held != null);
      }
    }
  }

  private void replace(Agent held, Agent next) {
    if (held != null) {
      model.put(next.id(), next);
    }
    Agent expected = held == null ? next : held;
    assertThat(ets.replace(expected, next)).isEqualTo(held != null);
    assertThat(legacy.replace(expected, next)).isEqualTo(held != null);
  }

  private int ask(Query query, Random random) {
    List<Agent> expected =
        model.values().stream().filter(agent -> query.matches(agent.metadata())).toList();
    for (RegistryBackend backend : List.of(ets, legacy)) {
      String asked = query + " of " + backend.getClass().getSimpleName();
      assertSame(asked, backend.query(query), expected);
      assertThat(backend.count(query)).as("count of %s", asked).isEqualTo(expected.size());
      assertThat(backend.exists(query)).as("exists %s", asked).isEqualTo(!expected.isEmpty());
    }
    search(Search.of(query), expected, random);
    return expected.size();
  }

  private void search(Search all, List<Agent> expected, Random random) {
    List<String> attributes = List.of("load", "text", "tags", "resources.memory", "unknown");
    String attribute = attributes.get(random.nextInt(attributes.size()));
    int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : 2 * IDS);
    Search ordered =
        random.nextBoolean() ? all.orderBy(attribute) : all.orderByDescending(attribute);
    Search limited = random.nextInt(4) == 0 ? ordered : ordered.limit(limit);
    List<Agent> first = limited.select(expected);
    assertThat(ets.find(limited)).as("ets finds %s", limited).isEqualTo(first);
    assertThat(legacy.find(limited)).as("legacy finds %s", limited).isEqualTo(first);
    List<Agent> any = ets.find(all.limit(limit));
    assertThat(any).hasSize(Math.min(limit, expected.size())).doesNotHaveDuplicates();
    assertThat(new HashSet<>(expected)).containsAll(any);
  }

  private static List<Agent> all(RegistryBackend backend) {
    List<Agent> all = new ArrayList<>();
    backend.forEach(all::add);
    return all;
  }

  /** Compares as sets, and that nobody is there twice: lists would be compared one with all. */
  private static void assertSame(String what, List<Agent> found, List<Agent> expected) {
    assertThat(Set.copyOf(found)).as(what).isEqualTo(Set.copyOf(expected));
    assertThat(found).as(what).hasSameSizeAs(expected);
  }
}

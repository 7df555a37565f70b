package io.agents.benchmarks;

import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents that everything is measured with: the same for the same number, in every run.
 *
 * <p>{@code capability} is two of 20 values, {@code health_status} one of 3, {@code node} one of
 * 50, {@code resources.memory} a number, and {@code type} one of so many that each has 100 agents.
 */
final class AgentData {

  /** What is indexed, where there are indexes: three attributes, one of them multi-valued. */
  static final Set<String> INDEXED = Set.of("capability", "node", "type");

  /** A number that is not indexed, unless {@link Implementation#ORDERED} is set. */
  static final String MEMORY = "resources.memory";

  static final int CAPABILITIES = 20;
  static final int NODES = 50;
  static final int AGENTS_OF_A_TYPE = 100;
  static final int AGENTS_OF_AN_OWNER = 1_000;

  private static final long SEED = 20_261_123;
  private static final List<String> HEALTH = List.of("healthy", "degraded", "unhealthy");
  private static final List<String> CAPABILITY = names("capability", CAPABILITIES);
  private static final List<String> NODE = names("node", NODES);
  private static final int MEMORY_MEGABYTES = 65_536;
  private static final int RANGES = 10;
  private static final int DIGITS = 6;

  private final List<Entry> entries;
  private final List<String> types;

  /** One agent. */
  static final class Entry {

    private final String id;
    private final int owner;
    private final Metadata metadata;
    private final Supplier<Metadata> change;
    private @Nullable Metadata changed;

    private Entry(String id, int owner, Metadata metadata, Supplier<Metadata> change) {
      this.id = id;
      this.owner = owner;
      this.metadata = metadata;
      this.change = change;
    }

    /** As {@link AgentData#id}. */
    String id() {
      return id;
    }

    /** The number of its owner, from 0. */
    int owner() {
      return owner;
    }

    /** What it registers with. */
    Metadata metadata() {
      return metadata;
    }

    /**
     * What an update makes of that: another node, health and memory. It is made at the first call,
     * since few measurements need it; for one thread.
     */
    Metadata changed() {
      if (changed == null) {
        changed = change.get();
      }
      return changed;
    }
  }

  /**
   * Makes agents.
   *
   * @param agents how many; a multiple of 100
   * @throws IllegalArgumentException if it is none
   */
  AgentData(int agents) {
    if (agents <= 0 || agents % AGENTS_OF_A_TYPE != 0) {
      throw new IllegalArgumentException(
          agents + " agents; allowed are multiples of " + AGENTS_OF_A_TYPE);
    }
    Random random = new Random(SEED);
    types = names("type", agents / AGENTS_OF_A_TYPE);
    List<Entry> made = new ArrayList<>(agents);
    for (int i = 0; i < agents; i++) {
      made.add(entry(i, random));
    }
    entries = Collections.unmodifiableList(made);
  }

  /** The id of the agent with this number, as a new string. */
  static String id(int number) {
    // Not by String.format, which would be most of the time that it takes to make the data.
    String digits = String.valueOf(number);
    return "agent-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }

  /** All agents, by number. */
  List<Entry> entries() {
    return entries;
  }

  /** The agents in another order, the same in every run. */
  List<Entry> shuffled() {
    List<Entry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(SEED + 1));
    return shuffled;
  }

  /** Queries with agents / 50 matches, more or less: one for each node. */
  List<Query> nodeQueries() {
    return NODE.stream().map(node -> Query.where("node").equalTo(node)).toList();
  }

  /** Queries with 100 matches: one for each type. */
  List<Query> typeQueries() {
    return types.stream().map(type -> Query.where("type").equalTo(type)).toList();
  }

  /** Queries of two values of the attribute that has several, with agents / 190 matches. */
  List<Query> wideQueries() {
    List<Query> wide = new ArrayList<>();
    for (int i = 0; i < CAPABILITIES; i++) {
      for (int j = i + 1; j < CAPABILITIES; j++) {
        Query second = Query.where("capability").equalTo(CAPABILITY.get(j));
        wide.add(Query.where("capability").equalTo(CAPABILITY.get(i)).and(second));
      }
    }
    // Neighbours must not have the first in common.
    Collections.shuffle(wide, new Random(SEED + 3));
    return wide;
  }

  /** Queries of two attributes, one of them without an index, with agents / 30 matches. */
  List<Query> halfIndexedQueries() {
    List<Query> wide = new ArrayList<>();
    for (String capability : CAPABILITY) {
      for (String health : HEALTH) {
        Query healthy = Query.where("health_status").equalTo(health);
        wide.add(Query.where("capability").equalTo(capability).and(healthy));
      }
    }
    return wide;
  }

  /** Queries of two attributes with 10 matches, more or less. */
  List<Query> narrowQueries() {
    List<Query> narrow = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Query ofType = Query.where("type").equalTo(types.get(i));
      narrow.add(Query.where("capability").equalTo(CAPABILITY.get(i % CAPABILITIES)).and(ofType));
    }
    return narrow;
  }

  /** Queries of a range of numbers, with one match in 50 to 500. */
  List<Query> rangeQueries() {
    return IntStream.rangeClosed(1, RANGES)
        .mapToObj(i -> MEMORY_MEGABYTES - i * MEMORY_MEGABYTES / (50 * RANGES))
        .map(bound -> Query.where(MEMORY).atLeast(bound))
        .toList();
  }

  /** Searches for the five agents with the least memory that have a capability. */
  List<Search> searches() {
    return CAPABILITY.stream()
        .map(it -> Search.of(Query.where("capability").equalTo(it)).orderBy(MEMORY).limit(5))
        .toList();
  }

  /** Every query of this data. */
  List<Query> allQueries() {
    return Stream.of(
            nodeQueries(),
            typeQueries(),
            pairQueries(),
            wideQueries(),
            narrowQueries(),
            halfIndexedQueries(),
            rangeQueries())
        .flatMap(List::stream)
        .toList();
  }

  /** Queries of two attributes with agents / 500 matches, more or less. */
  List<Query> pairQueries() {
    List<Query> pairs = new ArrayList<>();
    for (Query node : nodeQueries()) {
      for (String capability : CAPABILITY) {
        pairs.add(Query.where("capability").equalTo(capability).and(node));
      }
    }
    // Neighbours must not have the node in common.
    Collections.shuffle(pairs, new Random(SEED + 2));
    return pairs;
  }

  private Entry entry(int number, Random random) {
    int first = random.nextInt(CAPABILITIES);
    int second = (first + 1 + random.nextInt(CAPABILITIES - 1)) % CAPABILITIES;
    List<String> capabilities = List.of(CAPABILITY.get(first), CAPABILITY.get(second));
    String type = types.get(number % types.size());
    int node = random.nextInt(NODES);
    int otherNode = (node + 1 + random.nextInt(NODES - 1)) % NODES;
    Metadata metadata = metadata(capabilities, type, NODE.get(node), random);
    long seed = random.nextLong();
    return new Entry(
        id(number),
        number / AGENTS_OF_AN_OWNER,
        metadata,
        () -> metadata(capabilities, type, NODE.get(otherNode), new Random(seed)));
  }

  private static Metadata metadata(
      List<String> capabilities, String type, String node, Random random) {
    return Metadata.copyOf(
        Map.of(
            "capability",
            capabilities,
            "health_status",
            HEALTH.get(random.nextInt(HEALTH.size())),
            "node",
            node,
            MEMORY,
            random.nextInt(MEMORY_MEGABYTES),
            "type",
            type));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }
}

package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Questions with many agents in the answer; another value each time. {@code ./benchmark} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class QueryBenchmark {

  /** What is measured. A bare map has no answer but to look at every agent, which legacy does. */
  @Param({"LEGACY", "ETS", "REGISTRY_LEGACY", "REGISTRY_ETS", "CQENGINE", "SERVICES"})
  public Implementation implementation;

  /** How many agents there are. */
  @Param({"10000", "100000"})
  public int agents;

  private static final int TEXTS = 100;

  private Population population;
  private Subject subject;
  private Query[] nodes;
  private Query[] types;
  private Query[] pairs;
  private Query[] wide;
  private Query[] narrow;
  private Query[] halfIndexed;
  private Query[] ranges;
  private Search[] searches;
  private String[] texts;

  /**
   * Fills the implementation.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    AgentData data = new AgentData(agents);
    population = new Population(implementation, data);
    population.settle();
    subject = population.subject();
    nodes = prepared(data.nodeQueries());
    types = prepared(data.typeQueries());
    pairs = prepared(data.pairQueries());
    wide = prepared(data.wideQueries());
    narrow = prepared(data.narrowQueries());
    halfIndexed = prepared(data.halfIndexedQueries());
    ranges = prepared(data.rangeQueries());
    searches = data.searches().toArray(new Search[0]);
    for (Search search : searches) {
      subject.prepare(search.query());
    }
    texts = data.narrowQueries().stream().limit(TEXTS).map(Query::toString).toArray(String[]::new);
  }

  private Query[] prepared(List<Query> queries) {
    queries.forEach(subject::prepare);
    return queries.toArray(new Query[0]);
  }

  /**
   * Leaves nothing behind.
   *
   * @throws Exception if the framework does not stop
   */
  @TearDown
  public void close() throws Exception {
    population.close();
  }

  /**
   * Finds the agents of a node: one in 50.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> findFiftieth(Cursor cursor) {
    return subject.query(nodes[cursor.next(nodes.length)]);
  }

  /**
   * Finds the 100 agents of a type.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> findHundred(Cursor cursor) {
    return subject.query(types[cursor.next(types.length)]);
  }

  /**
   * Finds the agents of a node that have a capability: one in 500.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> queryOfTwo(Cursor cursor) {
    return subject.query(pairs[cursor.next(pairs.length)]);
  }

  /**
   * Counts the agents of a node that have a capability.
   *
   * @param cursor says of which
   * @return how many
   */
  @Benchmark
  public int countOfTwo(Cursor cursor) {
    return subject.count(pairs[cursor.next(pairs.length)]);
  }

  /**
   * Finds the agents that have two capabilities: one in 190.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> queryOfTwoWide(Cursor cursor) {
    return subject.query(wide[cursor.next(wide.length)]);
  }

  /**
   * Finds the agents that have a capability and a health, which has no index: one in 30.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> queryOfOneIndex(Cursor cursor) {
    return subject.query(halfIndexed[cursor.next(halfIndexed.length)]);
  }

  /**
   * Finds the agents of a type that have a capability: about ten.
   *
   * @param cursor says of which
   * @return the agents
   */
  @Benchmark
  public List<Agent> queryOfTwoNarrow(Cursor cursor) {
    return subject.query(narrow[cursor.next(narrow.length)]);
  }

  /**
   * Finds the agents with the most memory: one in 50 to 500.
   *
   * @param cursor says how many
   * @return the agents
   */
  @Benchmark
  public List<Agent> range(Cursor cursor) {
    return subject.query(ranges[cursor.next(ranges.length)]);
  }

  /**
   * Finds the five agents with the least memory that have a capability.
   *
   * @param cursor says which
   * @return the agents
   */
  @Benchmark
  public List<Agent> findFive(Cursor cursor) {
    return subject.find(searches[cursor.next(searches.length)]);
  }

  /**
   * Asks whether a node has an agent with a capability.
   *
   * @param cursor says which
   * @return whether there is one
   */
  @Benchmark
  public boolean existsOfTwo(Cursor cursor) {
    return subject.exists(pairs[cursor.next(pairs.length)]);
  }

  /**
   * Finds about ten agents by a query that is given as text, one of 100.
   *
   * @param cursor says which
   * @return the agents
   */
  @Benchmark
  public List<Agent> queryOfText(Cursor cursor) {
    return subject.query(texts[cursor.next(texts.length)]);
  }

  /**
   * Lists all agents.
   *
   * @return the agents
   */
  @Benchmark
  public List<Agent> list() {
    return subject.list();
  }
}

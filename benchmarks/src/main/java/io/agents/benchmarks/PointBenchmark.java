package io.agents.benchmarks;

import io.agents.registry.api.Agent;
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
import org.openjdk.jmh.annotations.Threads;

/** What concerns one agent, chosen at random. {@code ./benchmark} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PointBenchmark {

  /** The metadata of updates. */
  @State(Scope.Benchmark)
  public static class Changes {

    /**
     * Makes them.
     *
     * @param benchmark has the agents
     */
    @Setup
    public void make(PointBenchmark benchmark) {
      benchmark.population.data().entries().forEach(AgentData.Entry::changed);
    }
  }

  /** What is measured. */
  @Param public Implementation implementation;

  /** How many agents there are. */
  @Param({"10000", "100000"})
  public int agents;

  private Population population;
  private Subject subject;
  private AgentData.Entry[] entries;

  /** The ids in the order of the entries, as strings of the caller's own. */
  private String[] asked;

  /**
   * Fills the implementation.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    population = new Population(implementation, new AgentData(agents));
    subject = population.subject();
    entries = population.data().shuffled().toArray(new AgentData.Entry[0]);
    asked = new String[entries.length];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = String.valueOf(entries[i].id().toCharArray());
    }
    population.settle();
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
   * Finds an agent that is there.
   *
   * @param cursor says which
   * @return the agent
   */
  @Benchmark
  public Agent lookup(Cursor cursor) {
    return subject.lookup(asked[cursor.next(asked.length)]);
  }

  /**
   * Finds agents by two threads at once.
   *
   * @param cursor says which
   * @return the agent
   */
  @Benchmark
  @Threads(2)
  public Agent lookupByTwo(Cursor cursor) {
    return subject.lookup(asked[cursor.next(asked.length)]);
  }

  /**
   * Finds agents by four threads at once.
   *
   * @param cursor says which
   * @return the agent
   */
  @Benchmark
  @Threads(4)
  public Agent lookupByFour(Cursor cursor) {
    return subject.lookup(asked[cursor.next(asked.length)]);
  }

  /**
   * Unregisters an agent and registers it again.
   *
   * @param cursor says which
   * @return its id
   */
  @Benchmark
  public String reRegister(Cursor cursor) {
    AgentData.Entry entry = entries[cursor.next(entries.length)];
    subject.unregister(entry.id());
    population.register(entry);
    return entry.id();
  }

  /**
   * Replaces metadata: another node, health and memory, so that one of three indexes changes.
   *
   * @param cursor says of which agent
   * @param changes have been made
   * @return the agent after the update
   */
  @Benchmark
  public Agent update(Cursor cursor, Changes changes) {
    AgentData.Entry entry = entries[cursor.next(entries.length)];
    return subject.update(entry.id(), cursor.isOddRound() ? entry.metadata() : entry.changed());
  }
}

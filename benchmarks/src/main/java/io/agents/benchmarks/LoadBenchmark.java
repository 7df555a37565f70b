package io.agents.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Registers everybody, one by one, where nobody is. {@code ./benchmark} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LoadBenchmark {

  /** What is measured. */
  @Param({"MAP", "LEGACY", "ETS", "REGISTRY_LEGACY", "REGISTRY_ETS", "CQENGINE"})
  public Implementation implementation;

  /** How many agents there are. */
  @Param({"10000", "100000"})
  public int agents;

  private AgentData data;
  private Population population;

  /** Makes the agents, but does not register them. */
  @Setup
  public void prepare() {
    data = new AgentData(agents);
  }

  /**
   * Opens the implementation.
   *
   * @throws Exception if that fails
   */
  @Setup(Level.Invocation)
  public void open() throws Exception {
    population = Population.empty(implementation, data);
  }

  /**
   * Leaves nothing behind.
   *
   * @throws Exception if the framework does not stop
   */
  @TearDown(Level.Invocation)
  public void close() throws Exception {
    population.close();
  }

  /** Registers all agents. */
  @Benchmark
  public void load() {
    population.fill();
  }
}

package io.agents.benchmarks;

import java.util.List;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * An owner goes, with one service for which many agents are registered, beside all the agents of
 * the data. {@code ./benchmark} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class OwnerBenchmark {

  /** An owner with its agents, while they are there. */
  @State(Scope.Benchmark)
  public abstract static class Owner {

    private final int agents;
    private Population population;
    private Bundle bundle;

    Owner(int agents) {
      this.agents = agents;
    }

    /**
     * Registers the agents of a new owner.
     *
     * @param benchmark has everybody else
     */
    @Setup(Level.Invocation)
    public void register(OwnerBenchmark benchmark) {
      population = benchmark.population;
      List<AgentData.Entry> entries = population.data().entries();
      ServiceReference<?> service = population.host().newOwner();
      bundle = service.getBundle();
      for (int i = 0; i < agents; i++) {
        population
            .subject()
            .register("going-" + i, service, entries.get(i % entries.size()).metadata());
      }
    }

    /** Checks that they went, and nobody else. */
    @TearDown(Level.Invocation)
    public void check() {
      int left = population.subject().count() - population.data().entries().size();
      if (left != 0) {
        throw new IllegalStateException(left + " agents too many are left");
      }
    }

    void go() {
      Host.stop(bundle);
    }
  }

  /** An owner of 1,000 agents. */
  public static class OfThousand extends Owner {
    /** Makes one. */
    public OfThousand() {
      super(1_000);
    }
  }

  /** An owner of 10,000 agents. */
  public static class OfTenThousand extends Owner {
    /** Makes one. */
    public OfTenThousand() {
      super(10_000);
    }
  }

  /** What is measured: those that monitor owners. */
  @Param({"ETS", "REGISTRY_ETS"})
  public Implementation implementation;

  /** How many agents there are beside. */
  @Param({"10000", "100000"})
  public int agents;

  private Population population;

  /**
   * Fills the implementation.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    population = new Population(implementation, new AgentData(agents));
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
   * Stops the bundle of an owner of 1,000 agents.
   *
   * @param owner which
   */
  @Benchmark
  public void cleanUpThousand(OfThousand owner) {
    owner.go();
  }

  /**
   * Stops the bundle of an owner of 10,000 agents.
   *
   * @param owner which
   */
  @Benchmark
  public void cleanUpTenThousand(OfTenThousand owner) {
    owner.go();
  }
}

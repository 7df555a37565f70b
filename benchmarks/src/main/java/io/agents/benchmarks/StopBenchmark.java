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
import org.osgi.util.tracker.ServiceTracker;

/**
 * A bundle stops that has many services, each of them an agent. The same bundle is stopped in a
 * framework that differs in having no registry, but one tracker that keeps references and does
 * nothing: {@code MAP}. {@code ./benchmark} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StopBenchmark {

  /** What watches. */
  @Param({"MAP", "REGISTRY_ETS"})
  public Implementation implementation;

  /** How many services the bundle has. */
  @Param({"1000", "10000", "100000"})
  public int agents;

  private AgentData data;
  private Host host;
  private Subject subject;
  private Bundle bundle;

  /**
   * Starts a framework, and makes the agents.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    data = new AgentData(agents);
    host = new Host();
    subject = implementation.open(host);
    if (implementation == Implementation.MAP) {
      // They listen to services too, and are there with the registry and without.
      RegistryBundles.startPlatform(host);
      idleTracker().open(true);
    }
  }

  /** Starts the bundle, and registers its services as agents. */
  @Setup(Level.Invocation)
  public void fill() {
    List<ServiceReference<?>> services = host.newOwner(agents);
    bundle = services.get(0).getBundle();
    for (int i = 0; i < agents; i++) {
      AgentData.Entry entry = data.entries().get(i);
      subject.register(entry.id(), services.get(i), entry.metadata());
    }
  }

  private ServiceTracker<Object, ServiceReference<Object>> idleTracker() throws Exception {
    return new ServiceTracker<>(
        host.context(), host.context().createFilter("(objectClass=*)"), null) {
      @Override
      public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
        return reference;
      }

      @Override
      public void removedService(
          ServiceReference<Object> reference, ServiceReference<Object> service) {
        // ServiceTracker would let go of a service that was never got.
      }
    };
  }

  /** Checks that all agents went. The map, which does not watch, forgets them now. */
  @TearDown(Level.Invocation)
  public void check() {
    if (implementation == Implementation.MAP) {
      data.entries().forEach(entry -> subject.unregister(entry.id()));
    }
    if (subject.count() != 0) {
      throw new IllegalStateException(subject.count() + " agents are left");
    }
  }

  /**
   * Stops the framework.
   *
   * @throws Exception if it does not stop
   */
  @TearDown
  public void close() throws Exception {
    host.close();
  }

  /** Stops the bundle. */
  @Benchmark
  public void stopBundle() {
    Host.stop(bundle);
  }
}

package io.agents.registry.testkit.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.osgi.framework.ServiceReference;

/**
 * Threads that use the registry as applications do, each against a model of its own: every writer
 * owns a set of ids, knows what the registry accepted, and finds exactly that; readers find stable
 * agents in every read.
 */
public final class Traffic implements AutoCloseable {

  /**
   * How much goes on.
   *
   * @param readers how many threads read
   * @param writers how many threads write
   * @param stable how many agents stay as they are
   * @param churning how many ids come and go, of all writers together
   */
  public record Load(int readers, int writers, int stable, int churning) {

    /**
     * A little.
     *
     * @param readers how many threads read
     * @param writers how many threads write
     * @return with 50 agents that stay, and 40 ids a writer that come and go
     */
    public static Load of(int readers, int writers) {
      return new Load(readers, writers, 50, 40 * writers);
    }
  }

  /** One read in so many, or in more, asks for all stable agents. */
  private static final int LEAST_LOOKUPS_OF_A_QUERY = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Keeps the ids of one traffic apart from those of another. */
  private final String prefix = "traffic-" + UUID.randomUUID() + "-";

  private final AgentRegistry registry;
  private final ServiceReference<?> service;
  private final Load load;
  private final long seed;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Writer> writers = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Starts.
   *
   * @param registry what is used
   * @param service the service that all agents are registered for; the caller of {@code registry}
   *     has to be allowed to change them
   * @param load how much
   */
  public Traffic(AgentRegistry registry, ServiceReference<?> service, Load load) {
    this.registry = registry;
    this.service = service;
    this.load = load;
    seed = Seeds.next("traffic");
    for (int i = 0; i < load.stable; i++) {
      registry.register(stable(i), service, Map.of("capability", prefix));
    }
    for (int i = 0; i < load.writers; i++) {
      Writer writer = new Writer(i);
      writers.add(writer);
      start("writer-" + i, writer::step, writes);
    }
    for (int i = 0; i < load.readers; i++) {
      Random random = new Random(seed + 1_000 + i);
      start("reader-" + i, () -> read(random), reads);
    }
  }

  private String stable(int number) {
    return prefix + "stable-" + number;
  }

  private void start(String name, Runnable step, AtomicLong calls) {
    Thread thread =
        new Thread(
            () -> {
              while (!stopped && failures.isEmpty()) {
                try {
                  step.run();
                  calls.incrementAndGet();
                } catch (RuntimeException | Error e) {
                  failures.add(e);
                }
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  private void read(Random random) {
    String id = stable(random.nextInt(load.stable));
    assertThat(registry.lookup(id)).as(id).isPresent();
    // A query costs as much as there are stable agents.
    if (random.nextInt(Math.max(LEAST_LOOKUPS_OF_A_QUERY, load.stable)) == 0) {
      Set<String> seen = new HashSet<>();
      for (Agent agent : registry.query(Query.where("capability").equalTo(prefix))) {
        assertThat(seen.add(agent.id())).as("%s twice in one answer", agent.id()).isTrue();
      }
      assertThat(seen).as("stable agents in a query").hasSize(load.stable);
    }
  }

  /**
   * How many reads were answered right.
   *
   * @return since the start
   */
  public long reads() {
    return reads.get();
  }

  /**
   * How many writes were done, each with a read before it.
   *
   * @return since the start
   */
  public long writes() {
    return writes.get();
  }

  /**
   * Waits until so many more calls were made, by all threads together.
   *
   * @param more how many
   * @throws AssertionError if a call has failed, or they are not made in 120 seconds
   */
  public void awaitCalls(int more) {
    long goal = reads() + writes() + more;
    Awaitility.await("calls of all threads")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> reads() + writes() >= goal || !failures.isEmpty());
    checkNoFailure();
  }

  /**
   * Stops, and compares: at rest the registry holds exactly what was accepted.
   *
   * @throws AssertionError if it does not, or a call has failed
   */
  public void stopAndCheck() {
    close();
    checkNoFailure();
    Map<String, Long> accepted = new TreeMap<>();
    for (int i = 0; i < load.stable; i++) {
      accepted.put(stable(i), 1L);
    }
    writers.forEach(
        writer -> writer.model.forEach((id, agent) -> accepted.put(id, agent.revision())));
    Map<String, Long> held = new TreeMap<>();
    registry.agents().stream()
        .filter(agent -> agent.id().startsWith(prefix))
        .forEach(agent -> held.put(agent.id(), agent.revision()));
    assertThat(held).as("what is held at rest (seed %d)", seed).isEqualTo(accepted);
  }

  /**
   * Checks that all calls were answered right so far.
   *
   * @throws AssertionError if one was not
   */
  public void checkNoFailure() {
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new AssertionError("a call failed (seed " + seed + "): " + failure, failure);
    }
  }

  /** Ends all threads; does not look at what they found. */
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for " + thread, e);
      }
      if (thread.isAlive()) {
        throw new AssertionError(thread + " hangs\n" + Threads.dump());
      }
    }
  }

  /** Changes ids that nobody else touches. */
  private final class Writer {
    private final int number;
    private final Random random;
    private final Map<String, Agent> model = new HashMap<>();
    private final Map<String, Registration> handles = new HashMap<>();

    Writer(int number) {
      this.number = number;
      this.random = new Random(seed + number);
    }

    void step() {
      String id = prefix + number + "-" + random.nextInt(load.churning / load.writers);
      Agent known = model.get(id);
      Optional<Agent> found = registry.lookup(id);
      assertThat(found.map(Agent::revision))
          .as(id)
          .isEqualTo(Optional.ofNullable(known).map(Agent::revision));
      switch (random.nextInt(4)) {
        case 0 -> unregister(id, known);
        case 1 -> update(id, known);
        default -> register(id, known);
      }
    }

    private void register(String id, Agent known) {
      if (known == null) {
        Registration handle = registry.register(id, service, Map.of("capability", "churning"));
        handles.put(id, handle);
        model.put(id, handle.agent().orElseThrow());
      }
    }

    private void update(String id, Agent known) {
      if (known != null) {
        Agent next = registry.updateMetadata(id, Map.of("n", random.nextInt()), known.revision());
        assertThat(next.revision()).isEqualTo(known.revision() + 1);
        model.put(id, next);
      }
    }

    private void unregister(String id, Agent known) {
      if (known != null && random.nextBoolean()) {
        handles.get(id).close();
      } else {
        assertThat(registry.unregister(id)).as("unregister " + id).isEqualTo(known != null);
      }
      model.remove(id);
      handles.remove(id);
    }
  }
}

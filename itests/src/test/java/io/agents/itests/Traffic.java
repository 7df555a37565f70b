package io.agents.itests;

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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.osgi.framework.ServiceReference;

/**
 * Threads that use the registry as applications do, each against a model of its own: every writer
 * owns a set of ids, knows what the registry accepted, and finds exactly that; readers find stable
 * agents in every read.
 */
final class Traffic implements AutoCloseable {

  private static final int IDS = 40;
  private static final int STABLE = 50;
  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Keeps the ids of one traffic apart from those of another. */
  private final String prefix = "churning-" + NUMBERS.incrementAndGet() + "-";

  private final AgentRegistry registry;
  private final ServiceReference<?> service;
  private final long seed = new Random().nextLong();
  private final AtomicLong calls = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Writer> writers = new ArrayList<>();
  private volatile boolean stopped;

  Traffic(AgentRegistry registry, ServiceReference<?> service, int readerCount, int writerCount) {
    this.registry = registry;
    this.service = service;
    for (int i = 0; i < STABLE; i++) {
      registry.registerOrReplace("stable-" + i, service, Map.of("capability", "stable"));
    }
    for (int i = 0; i < writerCount; i++) {
      Writer writer = new Writer(i);
      writers.add(writer);
      start("writer-" + i, writer::step);
    }
    for (int i = 0; i < readerCount; i++) {
      Random random = new Random(seed + 1_000 + i);
      start("reader-" + i, () -> read(random));
    }
  }

  private void start(String name, Runnable step) {
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
    String id = "stable-" + random.nextInt(STABLE);
    assertThat(registry.lookup(id)).as(id).isPresent();
    if (random.nextInt(20) == 0) {
      Set<String> seen = new HashSet<>();
      for (Agent agent : registry.query(Query.where("capability").equalTo("stable"))) {
        assertThat(seen.add(agent.id())).as("%s twice in one answer", agent.id()).isTrue();
      }
      assertThat(seen).as("stable agents in a query").hasSize(STABLE);
    }
  }

  void awaitCalls(int more) {
    long goal = calls.get() + more;
    Awaitility.await("calls of all threads")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> calls.get() >= goal || !failures.isEmpty());
    checkNoFailure();
  }

  /** At rest the registry holds exactly what was accepted. */
  void stopAndCheck() {
    close();
    checkNoFailure();
    Map<String, Long> accepted = new TreeMap<>();
    writers.forEach(
        writer -> writer.model.forEach((id, agent) -> accepted.put(id, agent.revision())));
    Map<String, Long> held = new TreeMap<>();
    registry.agents().stream()
        .filter(agent -> agent.id().startsWith(prefix))
        .forEach(agent -> held.put(agent.id(), agent.revision()));
    assertThat(held).as("what is held at rest (seed %d)", seed).isEqualTo(accepted);
  }

  private void checkNoFailure() {
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new AssertionError("a call failed (seed " + seed + "): " + failure, failure);
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for " + thread, e);
      }
      assertThat(thread.isAlive())
          .as("%s hangs: %s", thread, List.of(thread.getStackTrace()))
          .isFalse();
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
      String id = prefix + number + "-" + random.nextInt(IDS);
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

package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.osgi.framework.ServiceReference;

/**
 * Random writes and reads on a backend and on a plain map side by side; they have to agree after
 * every step. A failure tells the seed, with which the same steps are made again, and the latest
 * steps. Not safe for threads; several may run on one backend at once, each with a prefix of its
 * own, if they only {@link #write}.
 */
public final class BackendModelCheck {

  private static final int IDS = 40;
  private static final int STEPS_TOLD = 15;

  private final RegistryBackend backend;
  private final long seed;
  private final String prefix;
  private final Random random;
  private final RandomMetadata metadata;
  private final RandomQueries queries;
  private final Fixtures fixtures;
  private final ServiceReference<?>[] services = new ServiceReference<?>[5];

  /** What the backend should hold, by id. */
  private final Map<String, Agent> model = new TreeMap<>();

  private final Deque<String> steps = new ArrayDeque<>();

  /**
   * A check of a backend that nobody else uses.
   *
   * @param backend the backend, empty
   * @param owners where services come from
   * @param seed what chance begins with; the same seed makes the same steps
   */
  public BackendModelCheck(RegistryBackend backend, OwnerControl owners, long seed) {
    this(backend, owners, seed, "");
  }

  /**
   * A check of the ids that begin with a prefix.
   *
   * @param backend the backend, without such ids
   * @param owners where services come from
   * @param seed what chance begins with
   * @param prefix what the ids begin with
   */
  public BackendModelCheck(RegistryBackend backend, OwnerControl owners, long seed, String prefix) {
    this.backend = backend;
    this.seed = seed;
    this.prefix = prefix;
    this.random = new Random(seed);
    this.metadata = new RandomMetadata(random);
    this.queries = new RandomQueries(random);
    this.fixtures = new Fixtures(owners);
    for (int i = 0; i < services.length; i++) {
      services[i] = owners.newService();
    }
  }

  /**
   * Writes and reads.
   *
   * @param count how many steps
   * @throws AssertionError if the backend and the model differ
   */
  public void run(int count) {
    reporting(
        () -> {
          for (int i = 0; i < count; i++) {
            writeOnce();
            readOnce();
          }
          BackendReads.assertHolds(backend, model.values().toArray(Agent[]::new));
        });
  }

  /**
   * Writes alone.
   *
   * @param count how many steps
   * @throws AssertionError if a write does not return what it does on the model
   */
  public void write(int count) {
    reporting(
        () -> {
          for (int i = 0; i < count; i++) {
            writeOnce();
          }
        });
  }

  /**
   * What the backend should hold.
   *
   * @return the agents, whose ids begin with the prefix
   */
  public Collection<Agent> agents() {
    return List.copyOf(model.values());
  }

  private void reporting(Runnable work) {
    try {
      work.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "with seed " + seed + ", after " + String.join("; ", steps) + ": " + e, e);
    }
  }

  private void step(String what, Agent agent) {
    steps.add(what + " " + agent.id() + "#" + agent.registration() + "." + agent.revision());
    if (steps.size() > STEPS_TOLD) {
      steps.remove();
    }
  }

  private void writeOnce() {
    String id = prefix + random.nextInt(IDS);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> put(newAgent(id));
      case 3, 4 -> replace(stale(id), newAgent(id));
      case 5, 6 -> update(stale(id));
      default -> remove(stale(id));
    }
  }

  private Agent newAgent(String id) {
    return fixtures.agent(id, services[random.nextInt(services.length)], metadata.next());
  }

  /** Mostly the agent that is there, sometimes another version of it. */
  private Agent stale(String id) {
    Agent present = model.get(id);
    if (present == null) {
      return newAgent(id);
    }
    return switch (random.nextInt(8)) {
      case 0 -> fixtures.registeredAgain(present);
      case 1 -> present.withMetadata(present.metadata());
      default -> present;
    };
  }

  private void put(Agent agent) {
    step("put", agent);
    Agent holder = model.putIfAbsent(agent.id(), agent);
    assertThat(backend.putIfAbsent(agent)).as("holder of %s", agent.id()).isEqualTo(holder);
  }

  private void update(Agent expected) {
    replace(expected, expected.withMetadata(metadata.next()));
  }

  private void replace(Agent expected, Agent agent) {
    step("replace", expected);
    boolean there = expected.isSameVersionAs(model.get(agent.id()));
    if (there) {
      model.put(agent.id(), agent);
    }
    assertThat(backend.replace(expected, agent))
        .as("replace of %s", expected.id())
        .isEqualTo(there);
  }

  private void remove(Agent expected) {
    step("remove", expected);
    boolean there = expected.isSameVersionAs(model.get(expected.id()));
    if (there) {
      model.remove(expected.id());
    }
    assertThat(backend.remove(expected)).as("remove of %s", expected.id()).isEqualTo(there);
  }

  private void readOnce() {
    String id = prefix + random.nextInt(IDS);
    assertThat(backend.lookup(id)).as("lookup of %s", id).isEqualTo(model.get(id));
    assertThat(backend.size()).as("size").isEqualTo(model.size());
    Query query = queries.next();
    BackendReads.assertFinds(backend, query, List.copyOf(model.values()));
  }
}

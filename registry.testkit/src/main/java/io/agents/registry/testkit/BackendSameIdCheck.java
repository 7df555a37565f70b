package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.ServiceReference;

/**
 * B5.7: writers that take turns at each id, as the registry makes them do, beside a thread that
 * puts agents under the same ids whenever these are free, as the registry does while it hands
 * agents over.
 *
 * <p>Every registration that was stored has to be taken away by exactly one successful remove or
 * replace, or be there at the end. Lost updates, revivals and double removals all break this
 * balance.
 */
final class BackendSameIdCheck {

  private static final int IDS = 4;
  private static final int ROUNDS = 4_000;
  private static final int WRITERS = 4;

  private final RegistryBackend backend;
  private final Fixtures fixtures;
  private final ServiceReference<?> service;
  private final Object[] locks = new Object[IDS];
  private final Queue<Agent> stored = new ConcurrentLinkedQueue<>();
  private final Queue<Agent> taken = new ConcurrentLinkedQueue<>();

  private BackendSameIdCheck(BackendUnderTest tested) {
    backend = tested.backend();
    fixtures = new Fixtures(tested.owners());
    service = tested.owners().newService();
    for (int i = 0; i < IDS; i++) {
      locks[i] = new Object();
    }
  }

  static void run(BackendUnderTest tested) throws Exception {
    BackendSameIdCheck check = new BackendSameIdCheck(tested);
    new Workers()
        .writers(WRITERS / 2, w -> check::write)
        .writers(WRITERS / 2, w -> check::putBeside)
        .reader(check::read)
        .run();
    check.assertBalanced();
  }

  private Agent newAgent(int id) {
    return fixtures.agent("id-" + id, service, Fixtures.TRANSLATOR);
  }

  private void write() {
    for (int i = 0; i < ROUNDS; i++) {
      int id = i % IDS;
      synchronized (locks[id]) {
        Agent present = backend.lookup("id-" + id);
        if (present == null) {
          put(newAgent(id));
        } else if (i % 3 == 0) {
          // Nobody else takes away or replaces while this thread holds the lock: refusing would be
          // an error.
          assertThat(backend.remove(present)).as("remove of %s", present).isTrue();
          taken.add(present);
        } else {
          Agent next = i % 3 == 1 ? present.withMetadata(Fixtures.SEARCHER) : newAgent(id);
          assertThat(backend.replace(present, next)).as("replace of %s", present).isTrue();
          taken.add(present);
          stored.add(next);
        }
      }
    }
  }

  private void putBeside() {
    for (int i = 0; i < ROUNDS; i++) {
      put(newAgent(i % IDS));
    }
  }

  private void put(Agent agent) {
    Agent holder = backend.putIfAbsent(agent);
    if (holder == null) {
      stored.add(agent);
    } else {
      assertThat(holder.id()).as("id of the holder").isEqualTo(agent.id());
    }
  }

  private void read() {
    for (int id = 0; id < IDS; id++) {
      Agent agent = backend.lookup("id-" + id);
      assertThat(agent == null || agent.service() == service).isTrue();
    }
    // Each write that is under way may be counted or not yet: concurrent maps count after they
    // write.
    assertThat(backend.size()).as("size").isBetween(0, IDS + WRITERS);
  }

  private void assertBalanced() {
    List<Agent> left = new ArrayList<>(stored);
    for (Agent agent : taken) {
      assertThat(left.removeIf(agent::isSameVersionAs))
          .as("%s was stored, and taken away once", agent)
          .isTrue();
    }
    BackendReads.assertHolds(backend, left.toArray(Agent[]::new));
  }
}

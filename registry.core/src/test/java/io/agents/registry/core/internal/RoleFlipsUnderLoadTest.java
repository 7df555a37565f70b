package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus.State;
import io.agents.registry.api.Query;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/**
 * Two backends that change roles all the time, under writers, readers, owners that go and compared
 * reads: R15.2, R15.3, R15.8, R16.4, R16.5, C1 to C6.
 */
class RoleFlipsUnderLoadTest {

  private static final int FLIPS = Effort.rounds(300, 3_000);
  private static final int PERMANENT = 50;
  private static final int IDS = 40;
  private static final Query PERMANENT_ONES = Query.parse("(capability=translation)");

  private final Scene scene = Scene.onLegacy();

  /** Of the one thread whose owners come and go. */
  private int mortals;

  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void nothingIsLostAndNoDifferenceIsUnexplained() throws Exception {
    long seed = Seeds.next("roles that change under load");
    scene.registerMany("permanent", PERMANENT);
    scene.comparisonBasisPoints = 500;
    scene.configure("legacy", "ets");
    RecordingListener listener = scene.listen();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Map<String, Agent>>> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write("w" + writer + "-", new Random(seed + writer))));
      }
      List<Future<?>> others = new ArrayList<>();
      others.add(threads.submit(until(this::readOne)));
      others.add(threads.submit(until(this::readLists)));
      others.add(threads.submit(until(this::ownerComesAndGoes)));
      flip();
      done.set(true);
      List<Agent> expected = new ArrayList<>();
      for (Future<Map<String, Agent>> writer : writers) {
        expected.addAll(writer.get(60, TimeUnit.SECONDS).values());
      }
      for (Future<?> other : others) {
        other.get(60, TimeUnit.SECONDS);
      }
      for (int i = 0; i < PERMANENT; i++) {
        expected.add(scene.agent("permanent" + i));
      }
      // What legacy has kept of owners that are gone is dropped.
      scene.configure("ets", "legacy");
      scene.toEts();
      scene.assertHolds(expected);
      assertThat(scene.mirror().state()).isEqualTo(State.IN_STEP);
      assertThat(scene.legacy.held()).as("agents in the mirror").isEqualTo(expected.size());
      expected.forEach(agent -> assertThat(scene.legacy.holds(agent.id())).isEqualTo(agent));
      assertThat(listener.presentations()).hasSize(1);
      ComparisonReport report = scene.core.comparison();
      assertThat(report.unexplained()).as("%s", report).isZero();
      Figures.report(
          "roles that change under load",
          "%d changes, %d reads compared, %d not, %d explained by writes, %d by owners"
              .formatted(
                  FLIPS,
                  report.compared(),
                  report.notCompared(),
                  report.explainedByWrite(),
                  report.explainedByOwner()));
    } finally {
      done.set(true);
      threads.shutdownNow();
      scene.close();
    }
  }

  private void flip() {
    for (int i = 0; i < FLIPS; i++) {
      boolean toEts = i % 2 == 0;
      scene.configure(toEts ? "ets" : "legacy", toEts ? "legacy" : "ets");
      SwapReport report = toEts ? scene.toEts() : scene.toLegacy();
      assertThat(report.outcome()).as("flip %d: %s", i, report).isEqualTo(Outcome.COMPLETED);
      assertThat(report.evidence().agrees()).as("flip %d: %s", i, report).isTrue();
      assertThat(scene.mirror().state()).as("flip %d", i).isEqualTo(State.IN_STEP);
    }
  }

  /** What this writer has left behind in the end. */
  private Map<String, Agent> write(String prefix, Random random) {
    Map<String, Agent> mine = new HashMap<>();
    while (!done.get()) {
      String id = prefix + random.nextInt(IDS);
      Agent held = mine.get(id);
      assertThat(scene.agent(id)).as("before a write of %s", id).isEqualTo(held);
      if (held == null) {
        mine.put(id, scene.register(id));
      } else if (random.nextBoolean()) {
        mine.put(id, scene.registry.updateMetadata(id, Map.of("n", random.nextInt())));
      } else {
        assertThat(scene.registry.unregister(id)).as("unregister %s", id).isTrue();
        mine.remove(id);
      }
      assertThat(scene.agent(id)).as("after a write of %s", id).isEqualTo(mine.get(id));
    }
    return mine;
  }

  private void readOne() {
    for (int i = 0; i < PERMANENT; i++) {
      assertThat(scene.agent("permanent" + i)).as("permanent%d", i).isNotNull();
    }
  }

  private void readLists() {
    assertThat(scene.registry.query(PERMANENT_ONES))
        .extracting(Agent::id)
        .filteredOn(id -> id.startsWith("permanent"))
        .hasSize(PERMANENT)
        .doesNotHaveDuplicates();
    assertThat(scene.registry.count()).isGreaterThanOrEqualTo(PERMANENT);
  }

  private void ownerComesAndGoes() {
    ServiceReference<?> other = scene.owners.newService();
    scene.core.registryFor(other.getBundle()).register("mortal" + mortals++, other, Map.of());
    scene.owners.unregister(other);
  }

  private Runnable until(Runnable work) {
    return () -> {
      while (!done.get()) {
        work.run();
      }
    };
  }
}

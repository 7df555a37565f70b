package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/**
 * Hundreds of hand-overs under writers, readers, dying owners and listeners: R11.2 to R11.4, C1 to
 * C6, R10.3.
 */
class SwapUnderLoadTest {

  private static final int SWAPS = Effort.rounds(500, 5_000);
  private static final int PERMANENT = 50;
  private static final int IDS = 40;

  private final Scene scene = Scene.onLegacy();
  private final AtomicBoolean done = new AtomicBoolean();
  private final Query translates = Query.parse("(capability=translation)");

  @Test
  void nothingIsLostRevivedOrSeenTwice() throws Exception {
    long seed = Seeds.next("swaps under load");
    scene.core.settings(
        new Settings(
            256,
            Settings.DEFAULT.metadata(),
            Settings.DEFAULT.query(),
            1_000_000,
            10,
            Settings.UNLIMITED,
            Settings.UNLIMITED));
    scene.registerMany("permanent", PERMANENT);
    Picture early = new Picture();
    Picture late = new Picture();
    listen(early);
    Eventually.holds("the listener is told what is there", () -> early.presentations() > 0);
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
      swap(new Random(seed), late);
      done.set(true);
      List<Agent> expected = new ArrayList<>();
      for (Future<Map<String, Agent>> writer : writers) {
        expected.addAll(writer.get(60, TimeUnit.SECONDS).values());
      }
      for (Future<?> other : others) {
        other.get(60, TimeUnit.SECONDS);
      }
      scene.toLegacy();
      SwapReport last = scene.toEts();
      assertThat(last.outcome()).isEqualTo(Outcome.COMPLETED);
      for (int i = 0; i < PERMANENT; i++) {
        expected.add(scene.agent("permanent" + i));
      }
      scene.assertHolds(expected);
      assertThat(scene.legacy.isEmpty()).isTrue();
      for (Picture picture : List.of(early, late)) {
        Eventually.passes(
            "the listener's picture is the registry's",
            () ->
                assertThat(picture.agents())
                    .containsExactlyInAnyOrderElementsOf(scene.registry.agents()));
        assertThat(picture.missedEvents()).isZero();
        assertThat(picture.presentations()).isEqualTo(1);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
      scene.close();
    }
  }

  private void listen(Picture picture) {
    scene.core.listeners().add(picture, "a test", picture, null);
  }

  private void swap(Random random, Picture late) {
    for (int i = 0; i < SWAPS; i++) {
      if (i == SWAPS / 2) {
        listen(late);
      }
      boolean toEts = i % 2 == 0;
      boolean failing = random.nextInt(10) == 0;
      if (failing) {
        (toEts ? scene.ets : scene.legacy).failAt(Call.PUT, 1 + random.nextInt(PERMANENT));
      }
      SwapReport report = toEts ? scene.toEts() : scene.toLegacy();
      if (failing) {
        assertThat(report.outcome()).as("swap %d", i).isEqualTo(Outcome.ABANDONED);
        report = again(toEts);
      }
      assertThat(report.outcome()).as("swap %d: %s", i, report).isEqualTo(Outcome.COMPLETED);
    }
  }

  private SwapReport again(boolean toEts) {
    return toEts ? scene.toEts() : scene.toLegacy();
  }

  /** Writes, and knows what has to be there: nobody else writes these ids. */
  private Map<String, Agent> write(String prefix, Random random) {
    Map<String, Agent> model = new HashMap<>();
    while (!done.get()) {
      String id = prefix + random.nextInt(IDS);
      Agent present = model.get(id);
      assertThat(scene.agent(id)).as(id).isEqualTo(present);
      if (present == null) {
        model.put(id, scene.register(id));
        continue;
      }
      switch (random.nextInt(3)) {
        case 0 -> {
          assertThat(scene.registry.unregister(id)).as("unregister %s", id).isTrue();
          model.remove(id);
        }
        case 1 -> {
          Map<String, ?> metadata = Map.of("capability", "translation", "n", random.nextInt());
          Agent updated = scene.registry.updateMetadata(id, metadata, present.revision());
          assertThat(updated.registration()).isEqualTo(present.registration());
          model.put(id, updated);
        }
        default -> {
          Agent replaced =
              scene
                  .registry
                  .registerOrReplace(id, scene.service, Map.of("capability", "translation"))
                  .agent()
                  .orElseThrow();
          assertThat(replaced.registration()).isGreaterThan(present.registration());
          model.put(id, replaced);
        }
      }
    }
    return model;
  }

  private void readOne() {
    for (int i = 0; i < PERMANENT; i++) {
      assertThat(scene.agent("permanent" + i)).as("permanent%s", i).isNotNull();
    }
  }

  private void readLists() {
    for (List<Agent> agents : List.of(scene.registry.agents(), scene.registry.query(translates))) {
      Set<Long> registrations = new HashSet<>();
      int permanent = 0;
      for (Agent agent : agents) {
        assertThat(registrations.add(agent.registration())).as("%s twice", agent).isTrue();
        if (agent.id().startsWith("permanent")) {
          permanent++;
        }
      }
      assertThat(permanent).as("permanent agents in a list").isEqualTo(PERMANENT);
    }
    assertThat(scene.registry.count()).isGreaterThanOrEqualTo(PERMANENT);
  }

  private void ownerComesAndGoes() {
    ServiceReference<?> service = scene.owners.newService();
    for (int i = 0; i < 3; i++) {
      scene.core.registryFor(service.getBundle()).register("dying" + i, service, Map.of());
    }
    scene.owners.unregister(
        service,
        () -> {
          try {
            scene.core.registryFor(scene.bundle).registerOrReplace("dying9", service, Map.of());
          } catch (OwnerGoneException e) {
            assertThat(e.id()).isEqualTo("dying9");
          }
        });
  }

  private Callable<Void> until(Runnable work) {
    return () -> {
      do {
        work.run();
      } while (!done.get());
      work.run();
      return null;
    };
  }
}

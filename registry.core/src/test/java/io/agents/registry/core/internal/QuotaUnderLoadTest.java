package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryException;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Quotas are exact, whatever many threads do: never more agents than allowed, and no room lost
 * (R1.16, R1.17, R1.18).
 */
class QuotaUnderLoadTest {

  private static final int THREADS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int WRITES = 500;
  private static final int MOST = 30;
  private static final int MOST_OF_OWNER = 12;

  private final Scene scene = Scene.onEts();
  private final AgentRegistry admin = scene.core.adminFor(scene.bundle);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() {
    threads.shutdownNow();
    scene.close();
  }

  /** Does something on all threads at once, and gives what came of it. */
  private <T> List<T> together(IntFunction<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Callable<T> one =
          () -> {
            start.await(60, TimeUnit.SECONDS);
            return work.apply(number);
          };
      futures.add(threads.submit(one));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get(60, TimeUnit.SECONDS));
    }
    return results;
  }

  private boolean registers(String id) {
    try {
      scene.register(id);
      return true;
    } catch (QuotaExceededException e) {
      return false;
    }
  }

  @Test // R1.17
  void ofManyWhoWantTheLastRoomExactlyOneGetsIt() throws Exception {
    int rounds = Effort.rounds(3_000, 100_000);
    for (Settings settings :
        List.of(
            QuotasTest.quotas(10, Settings.UNLIMITED), QuotasTest.quotas(Settings.UNLIMITED, 10))) {
      scene.core.settings(settings);
      scene.registerMany("stable", 9 - scene.registry.count());
      Deadline.within(
          LIMIT,
          "registering for the last room",
          () -> {
            for (int round = 0; round < rounds; round++) {
              List<Boolean> accepted = together(thread -> registers("racing" + thread));
              assertThat(accepted)
                  .as("who registered when there was room for one more, round %s", round)
                  .containsOnlyOnce(true);
              scene.registry.unregister("racing" + accepted.indexOf(true));
            }
          });
    }
    Figures.report(
        "quotas exact",
        2 * rounds + " races of " + THREADS + " threads for one room, one won each");
  }

  @Test // R1.16, R1.17, R1.18
  void whateverHappensNoRoomIsLostAndNoneIsInvented() throws Exception {
    SplittableRandom seeds = new SplittableRandom(Seeds.next("quotas under load"));
    int phases = Effort.rounds(40, 1_000);
    scene.core.settings(QuotasTest.quotas(MOST, MOST_OF_OWNER));
    List<Bundle> bundles = Stream.generate(scene.owners::newBundle).limit(3).toList();
    for (int phase = 0; phase < phases; phase++) {
      List<SplittableRandom> randoms =
          Stream.generate(seeds::split).limit(THREADS).collect(Collectors.toList());
      Deadline.within(
          LIMIT, "writing", () -> together(thread -> write(thread, bundles, randoms.get(thread))));
      assertThat(scene.registry.count()).as("agents, phase %s", phase).isLessThanOrEqualTo(MOST);
      for (Bundle bundle : bundles) {
        assertRoomIsRight(bundle, phase);
      }
    }
    Figures.report(
        "quotas under load",
        phases
            + " times "
            + THREADS * WRITES
            + " random writes of "
            + THREADS
            + " threads, with swaps and changes of the quotas; the room was exact each time");
  }

  /** Registers one by one until it is refused: that must be at the quota, exactly. */
  private void assertRoomIsRight(Bundle bundle, int phase) {
    ServiceReference<?> service = scene.owners.newService(bundle);
    assertThat(heldBy(bundle))
        .as("agents of one owner, phase %s", phase)
        .isLessThanOrEqualTo(MOST_OF_OWNER);
    List<Registration> filling = new ArrayList<>();
    QuotaExceededException refusal = null;
    while (refusal == null) {
      try {
        filling.add(admin.register("fill" + filling.size(), service, Map.of()));
      } catch (QuotaExceededException e) {
        refusal = e;
      }
    }
    boolean inAll = refusal.quota().equals(Quotas.AGENTS);
    assertThat(inAll ? admin.count() : heldBy(bundle))
        .as("agents when one more was refused, phase %s: %s", phase, refusal.getMessage())
        .isEqualTo(inAll ? MOST : MOST_OF_OWNER);
    filling.forEach(Registration::close);
  }

  private int heldBy(Bundle bundle) {
    return (int) admin.agents().stream().filter(agent -> agent.owner().equals(bundle)).count();
  }

  /** Changes agents as it comes; of the threads, one swaps, and another changes the quotas. */
  private Void write(int thread, List<Bundle> bundles, SplittableRandom random) {
    for (int i = 0; i < WRITES; i++) {
      ServiceReference<?> service =
          scene.owners.newService(bundles.get(random.nextInt(bundles.size())));
      String id = "id" + random.nextInt(60);
      try {
        switch (random.nextInt(8)) {
          case 0, 1 -> admin.unregister(id);
          case 2, 3 -> admin.registerOrReplace(id, service, Map.of("n", i));
          case 4 ->
              admin.registerAll(
                  List.of(
                      new RegistrationRequest(id, service, Map.of()),
                      new RegistrationRequest("and " + id, service, Map.of())));
          case 5 -> {
            admin.registerOrReplace(id, service, Map.of());
            scene.owners.unregister(service);
          }
          default -> admin.register(id, service, Map.of("n", i));
        }
      } catch (RegistryException e) {
        // No room, or the id is in use. Whatever it is, the room must be right in the end.
        assertThat(e).isNotInstanceOf(InvalidMetadataException.class);
      }
      if (thread == 0 && i % 100 == 0) {
        swap();
      }
      if (thread == 1 && random.nextInt(250) == 0) {
        scene.core.settings(QuotasTest.quotas(MOST - 1, MOST_OF_OWNER - 1));
        scene.core.settings(QuotasTest.quotas(MOST, MOST_OF_OWNER));
      }
    }
    return null;
  }

  private void swap() {
    if (scene.active().equals("ets")) {
      scene.toLegacy();
    } else {
      scene.toEts();
    }
  }
}

package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/**
 * Registrations of ten thousand agents in one call, while the backend is exchanged all the time:
 * what was accepted is present, what was refused is not, all or none (R1.8, R1.9, R11.2).
 */
class BulkDuringSwapsTest {

  private static final int AGENTS = 10_000;

  /** So many of the latest registrations stay; the swaps would take ever longer. */
  private static final int KEPT = 3;

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Scene scene = Scene.onLegacy();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(BulkDuringSwapsTest::daemon);
  private final AtomicInteger swaps = new AtomicInteger();
  private final Map<String, Long> accepted = new HashMap<>();
  private final List<List<Registration>> handles = new ArrayList<>();
  private final Random random = new Random(Seeds.next("bulk registration during swaps"));
  private int refused;
  private volatile boolean done;

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bulk during swaps");
    thread.setDaemon(true);
    return thread;
  }

  @AfterEach
  void close() {
    done = true;
    threads.shutdownNow();
    scene.close();
  }

  @Test
  void acceptedIsPresentAllOrNone() throws Exception {
    int rounds = Effort.rounds(20, 100);
    scene.register("held");
    accepted.put("held", scene.agent("held").registration());
    Deadline.within(
        LIMIT,
        "bulk registration during swaps",
        () -> {
          Future<?> swapping = threads.submit(this::swap);
          for (int round = 0; isToGoOn(round, rounds, swapping); round++) {
            register(round);
            assertAcceptedIsPresent();
            forget();
          }
          done = true;
          swapping.get();
        });
    if (scene.active().equals("legacy")) {
      scene.toEts();
    }
    assertAcceptedIsPresent();
    assertThat(refused).as("refused registrations").isPositive();
    Figures.report(
        "bulk registration during swaps",
        "%d calls of %d agents or more, %d of them refused, %d swaps"
            .formatted(rounds, AGENTS, refused, swaps.get()));
  }

  private boolean isToGoOn(int round, int rounds, Future<?> swapping) {
    return !swapping.isDone() && (round < rounds || swaps.get() < rounds);
  }

  private void swap() {
    while (!done) {
      SwapReport report = scene.active().equals("legacy") ? scene.toEts() : scene.toLegacy();
      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
      swaps.incrementAndGet();
    }
  }

  /** In every third call one id is in use, in every third one owner is just going. */
  private void register(int round) {
    List<RegistrationRequest> requests = new ArrayList<>(AGENTS + 1);
    for (int i = 0; i < AGENTS; i++) {
      requests.add(new RegistrationRequest(round + "-" + i, scene.service, Map.of("n", i)));
    }
    switch (round % 3) {
      case 1 -> {
        requests.add(new RegistrationRequest("held", scene.service, Map.of()));
        Collections.shuffle(requests, random);
        refuse(requests);
      }
      case 2 -> {
        ServiceReference<?> going = scene.owners.newService();
        requests.add(
            random.nextInt(AGENTS), new RegistrationRequest(round + "-going", going, Map.of()));
        scene.owners.unregister(going, () -> registerOrRefuse(requests));
        // A backend that does not look may have taken it; it goes with the next swap at the latest.
        accepted.remove(round + "-going");
      }
      default -> accept(requests);
    }
  }

  private void accept(List<RegistrationRequest> requests) {
    List<Registration> registered = scene.registry.registerAll(requests);
    registered.forEach(handle -> accepted.put(handle.id(), handle.number()));
    handles.add(registered);
  }

  private void refuse(List<RegistrationRequest> requests) {
    try {
      accept(requests);
    } catch (AgentAlreadyRegisteredException e) {
      refused++;
      return;
    }
    throw new AssertionError("an id that is in use was registered");
  }

  private void registerOrRefuse(List<RegistrationRequest> requests) {
    try {
      accept(requests);
    } catch (OwnerGoneException e) {
      refused++;
    }
  }

  private void assertAcceptedIsPresent() {
    Map<String, Long> present = new TreeMap<>();
    for (Agent agent : scene.registry.agents()) {
      if (!agent.id().endsWith("-going")) {
        present.put(agent.id(), agent.registration());
      }
    }
    if (!present.equals(accepted)) {
      Map<String, Long> missing = new TreeMap<>(accepted);
      missing.keySet().removeAll(present.keySet());
      present.keySet().removeAll(accepted.keySet());
      throw new AssertionError(
          "accepted, but not present: "
              + missing.size()
              + " agents; present, but not accepted: "
              + present.size()
              + " agents");
    }
  }

  private void forget() {
    if (handles.size() > KEPT) {
      for (Registration handle : handles.remove(0)) {
        handle.close();
        accepted.remove(handle.id());
      }
    }
  }
}

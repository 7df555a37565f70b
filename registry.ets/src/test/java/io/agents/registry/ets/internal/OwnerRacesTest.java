package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.Fixtures;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Agents that are written while their service is being unregistered (R7.5, B4.14). */
class OwnerRacesTest {

  private static final int ROUNDS = 10_000;
  private static final int MANY_ROUNDS = Effort.rounds(100_000, 1_000_000);

  /** How much later than the other one each may begin. */
  private static final int SPINS = 200;

  private static FelixFixture felix;

  private final Fixtures fixtures = new Fixtures(felix);
  private EtsBackend backend;
  private TwoThreads threads;
  private Bundle bundle;

  @BeforeAll
  static void startFelix() {
    felix = new FelixFixture();
  }

  @AfterAll
  static void stopFelix() {
    felix.close();
  }

  @BeforeEach
  void begin() {
    backend = new EtsBackend(felix.context(), Map.of());
    threads = new TwoThreads();
    bundle = felix.newBundle();
  }

  @AfterEach
  void end() {
    threads.close();
    backend.deactivate();
    felix.reset();
  }

  @Test
  void agentStoredWhileItsServiceGoesDoesNotStay() throws Exception {
    Random random = new Random(Seeds.next("owner that goes while agents are stored for it"));
    for (int round = 0; round < MANY_ROUNDS; round++) {
      ServiceReference<?> service = felix.newService(bundle, Map.of());
      Agent agent = fixtures.agent("a" + round % 3, service, Fixtures.TRANSLATOR);
      int spins = random.nextInt(SPINS);
      int otherSpins = random.nextInt(SPINS);
      threads.race(
          () -> {
            spin(spins);
            putOrRefuse(agent);
          },
          () -> {
            spin(otherSpins);
            felix.unregister(service);
          });
      assertThat(backend.lookup(agent.id())).as("round %s", round).isNull();
    }
    assertNothingLeft();
    Figures.report(
        "owner that goes while agents are stored for it", MANY_ROUNDS + " rounds, none stayed");
  }

  @Test
  void theEndOfTheFormerOwnerLeavesTheAgentOfTheNewOne() throws Exception {
    Random random = new Random(Seeds.next("former owner that goes"));
    ServiceReference<?> staying = felix.newService(bundle, Map.of());
    for (int round = 0; round < MANY_ROUNDS; round++) {
      ServiceReference<?> service = felix.newService(bundle, Map.of());
      Agent former = fixtures.agent("a", service, Fixtures.TRANSLATOR);
      Agent latter = fixtures.agent("a", staying, Fixtures.SEARCHER);
      assertThat(backend.putIfAbsent(former)).isNull();
      int spins = random.nextInt(SPINS);
      int otherSpins = random.nextInt(SPINS);
      threads.race(
          () -> {
            spin(spins);
            putOrReplace(latter);
          },
          () -> {
            spin(otherSpins);
            felix.unregister(service);
          });
      assertThat(backend.lookup("a")).as("the newer agent in round %s", round).isSameAs(latter);
      assertThat(backend.remove(latter)).isTrue();
    }
    assertNothingLeft();
    Figures.report("former owner that goes", MANY_ROUNDS + " rounds, the new agent stayed");
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private void putOrReplace(Agent agent) {
    for (Agent holder = backend.putIfAbsent(agent);
        holder != null && !backend.replace(holder, agent);
        holder = backend.putIfAbsent(agent)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void refusedReplacementLeavesTheExpectedAgent() throws Exception {
    Agent there = fixtures.agent("a", Fixtures.TRANSLATOR);
    backend.putIfAbsent(there);
    int refused = 0;
    for (int round = 0; round < ROUNDS / 4; round++) {
      ServiceReference<?> service = felix.newService(bundle, Map.of());
      Agent newer = fixtures.agent("a", service, Fixtures.SEARCHER);
      AtomicBoolean accepted = new AtomicBoolean();
      Agent expected = there;
      threads.race(
          () -> accepted.set(replaceOrRefuse(expected, newer)), () -> felix.unregister(service));
      if (accepted.get()) {
        assertThat(backend.lookup("a")).as("replaced, then gone").isNull();
        there = fixtures.registeredAgain(there);
        assertThat(backend.putIfAbsent(there)).isNull();
      } else {
        refused++;
        assertThat(backend.lookup("a")).as("refused in round %s", round).isSameAs(there);
      }
    }
    assertThat(refused).as("rounds in which the service went first").isPositive();
    assertThat(backend.monitoring()).isEqualTo(new OwnerMonitoring(1, 1));
    assertThat(backend.remove(there)).isTrue();
    assertNothingLeft();
  }

  @Test
  void bothOwnersGoWhileTheIdMovesFromOneToTheOther() throws Exception {
    for (int round = 0; round < ROUNDS / 4; round++) {
      ServiceReference<?> one = felix.newService(bundle, Map.of());
      ServiceReference<?> other = felix.newService(bundle, Map.of());
      Agent former = fixtures.agent("a", one, Fixtures.TRANSLATOR);
      Agent latter = fixtures.agent("a", other, Fixtures.SEARCHER);
      backend.putIfAbsent(former);
      threads.race(
          () -> replaceOrRefuse(former, latter),
          () -> {
            felix.unregister(one);
            felix.unregister(other);
          });
      assertThat(backend.lookup("a")).as("round %s", round).isNull();
    }
    assertNothingLeft();
  }

  @Test
  void updateOfAnAgentThatIsGoingNeverTakesItFromTheHandler() throws Exception {
    AtomicInteger removed = new AtomicInteger();
    backend.setOwnerGoneHandler(
        (agent, removal) -> {
          if (removal.get() != null) {
            removed.incrementAndGet();
          }
        });
    for (int round = 0; round < ROUNDS / 4; round++) {
      ServiceReference<?> service = felix.newService(bundle, Map.of());
      Agent agent = fixtures.agent("a", service, Fixtures.TRANSLATOR);
      backend.putIfAbsent(agent);
      threads.race(
          () -> replaceOrRefuse(agent, agent.withMetadata(Fixtures.SEARCHER)),
          () -> felix.unregister(service));
      assertThat(removed.get()).as("removals told after round %s", round).isEqualTo(round + 1);
    }
    assertNothingLeft();
  }

  @Test
  void refusalDuringTheGoingTellsIt() {
    Agent there = fixtures.agent("a", Fixtures.TRANSLATOR);
    Agent newer = fixtures.agent("a", felix.newService(bundle), Fixtures.SEARCHER);
    backend.putIfAbsent(there);
    // The listener of the backend is asked before that of the test: it was there first.
    felix.unregister(
        newer.service(),
        () -> {
          assertThat(newer.isOwnerGone()).isFalse();
          assertThatThrownBy(() -> backend.replace(there, newer))
              .isInstanceOf(OwnerGoneException.class);
          assertThatThrownBy(() -> backend.putIfAbsent(newer))
              .isInstanceOf(OwnerGoneException.class);
        });
    assertThat(backend.lookup("a")).isSameAs(there);
  }

  @Test
  void handlerThatFailsDoesNotKeepTheDead() {
    backend.setOwnerGoneHandler(
        (agent, removal) -> {
          throw new IllegalStateException("expected by the test");
        });
    fixtures.agents("a", 3, Fixtures.TRANSLATOR).forEach(backend::putIfAbsent);
    felix.unregister(backend.lookup("a-0").service());
    assertNothingLeft();
  }

  private void putOrRefuse(Agent agent) {
    try {
      backend.putIfAbsent(agent);
    } catch (OwnerGoneException e) {
      assertThat(e.service()).isSameAs(agent.service());
    }
  }

  private boolean replaceOrRefuse(Agent expected, Agent agent) {
    try {
      return backend.replace(expected, agent);
    } catch (OwnerGoneException e) {
      assertThat(e.service()).isSameAs(agent.service());
      return false;
    }
  }

  private void assertNothingLeft() {
    assertThat(backend.size()).isZero();
    assertThat(backend.monitoring()).isEqualTo(OwnerMonitoring.NONE);
  }
}

package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.testkit.FelixFixture;
import io.agents.registry.testkit.Fixtures;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/** Services that are not announced in the usual order (R7.5, B4.14), and what is kept of them. */
class OwnerTrackerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private FelixFixture felix;
  private Fixtures fixtures;
  private EtsBackend backend;

  @BeforeEach
  void startFelix() {
    felix = new FelixFixture();
    fixtures = new Fixtures(felix);
  }

  @AfterEach
  void stopFelix() {
    if (backend != null) {
      backend.deactivate();
    }
    threads.shutdownNow();
    felix.close();
  }

  private EtsBackend newBackend() {
    backend = new EtsBackend(felix.context(), Map.of());
    return backend;
  }

  @Test
  void agentStoredBeforeTheTrackerHearsOfItsServiceStaysAndGoesWithIt() {
    AtomicReference<Agent> stored = new AtomicReference<>();
    // Heard before the backend hears it, because it was there first.
    felix
        .context()
        .addServiceListener(
            event -> {
              if (event.getType() == ServiceEvent.REGISTERED) {
                stored.set(fixtures.agent("a", event.getServiceReference(), Fixtures.TRANSLATOR));
                assertThat(backend.putIfAbsent(stored.get())).isNull();
              }
            });
    newBackend();
    Bundle bundle = felix.newBundle();
    ServiceReference<?> service = felix.newService(bundle, Map.of());
    assertThat(backend.lookup("a")).isSameAs(stored.get());
    felix.change(service, Map.of("k", 1));
    assertThat(backend.lookup("a")).isSameAs(stored.get());
    felix.unregister(service);
    assertNothingLeft();
  }

  @Test
  void agentOfServiceThatWasLeavingWhenTheTrackerOpenedGoesWithTheNextEvent() {
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    felix.unregister(
        agent.service(),
        () -> {
          newBackend();
          assertThat(backend.putIfAbsent(agent)).as("nobody can tell yet").isNull();
        });
    felix.newService();
    assertNothingLeft();
  }

  @Test
  void servicesThatWereThereBeforeTheTrackerAreWatched() {
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    newBackend().putIfAbsent(agent);
    felix.stop(agent.owner());
    assertNothingLeft();
  }

  @Test
  void serviceWhoseEndIsAnnouncedBeforeItsBeginningIsGone() throws Exception {
    CountDownLatch beginning = new CountDownLatch(1);
    CountDownLatch announceBeginning = new CountDownLatch(1);
    CountDownLatch ending = new CountDownLatch(1);
    CountDownLatch finishEnding = new CountDownLatch(1);
    AtomicReference<ServiceReference<?>> service = new AtomicReference<>();
    BundleContext context = felix.context();
    Bundle bundle = felix.newBundle();
    context.addServiceListener(
        (AllServiceListener)
            event -> {
              if (event.getType() == ServiceEvent.REGISTERED) {
                service.set(event.getServiceReference());
                beginning.countDown();
                reach(announceBeginning);
              }
            });
    newBackend();
    context.addServiceListener(
        (AllServiceListener)
            event -> {
              if (event.getType() == ServiceEvent.UNREGISTERING) {
                ending.countDown();
                reach(finishEnding);
              }
            });
    Future<?> registering = threads.submit(() -> felix.newService(bundle, Map.of()));
    reach(beginning);
    Agent agent = fixtures.agent("a", service.get(), Fixtures.TRANSLATOR);
    Agent early = fixtures.agent("early", service.get(), Fixtures.TRANSLATOR);
    assertThat(backend.putIfAbsent(early)).isNull();
    Future<?> stopping = threads.submit(() -> felix.stop(bundle));
    reach(ending);
    assertThat(backend.lookup("early")).as("swept with the announced end").isNull();
    announceBeginning.countDown();
    registering.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(agent.isOwnerGone()).as("gone for the framework").isFalse();
    assertThatThrownBy(() -> backend.putIfAbsent(agent)).isInstanceOf(OwnerGoneException.class);
    finishEnding.countDown();
    stopping.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertNothingLeft();
  }

  @Test
  void serviceWhoseBeginningIsHeardAfterItsEndIsSwept() {
    List<ServiceReference<?>> swept = new ArrayList<>();
    OwnerTracker tracker = new OwnerTracker(felix.context(), swept::add);
    ServiceReference<?> service = felix.newService();
    assertThat(tracker.mayHaveAgents(service)).as("not heard of yet").isTrue();
    felix.unregister(service);
    tracker.serviceChanged(new ServiceEvent(ServiceEvent.REGISTERED, service));
    assertThat(swept).containsExactly(service);
    assertThat(tracker.mayHaveAgents(service)).isFalse();
  }

  @Test
  void nothingIsKeptOfServiceThatIsGone() {
    newBackend();
    WeakReference<Object> service = comeAndGo();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(service.get()).as("reference of the service that is gone").isNull();
            });
  }

  /** On a frame of its own, so that no variable keeps the reference. */
  private WeakReference<Object> comeAndGo() {
    Bundle bundle = felix.newBundle();
    ServiceReference<?> service = felix.newService(bundle, Map.of());
    assertThat(service.getProperty(Constants.SERVICE_ID)).isNotNull();
    backend.putIfAbsent(fixtures.agent("a", service, Fixtures.TRANSLATOR));
    felix.owners().uninstall(bundle);
    assertNothingLeft();
    return new WeakReference<>(service);
  }

  @Test
  void deactivationRemovesNothing() {
    Agent agent = fixtures.agent("a", Fixtures.TRANSLATOR);
    newBackend().putIfAbsent(agent);
    backend.deactivate();
    assertThat(backend.lookup("a")).isSameAs(agent);
    felix.unregister(agent.service());
    assertThat(backend.lookup("a")).as("nobody watches any more").isSameAs(agent);
    assertThatThrownBy(() -> backend.replace(agent, agent.withMetadata(Fixtures.SEARCHER)))
        .isInstanceOf(OwnerGoneException.class);
  }

  private static void reach(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("reached in time").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void assertNothingLeft() {
    assertThat(backend.size()).isZero();
    assertThat(backend.monitoring()).isEqualTo(OwnerMonitoring.NONE);
  }
}

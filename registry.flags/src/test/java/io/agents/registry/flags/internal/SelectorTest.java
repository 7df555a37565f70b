package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

class SelectorTest {

  private static final String PID = BackendSelection.REGISTRY_PID;
  private static final Duration SECONDS = Duration.ofSeconds(20);

  private final long seed = System.nanoTime();
  private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(seed);
  private final PidConfiguration configuration = new PidConfiguration(admin, PID);
  private final AtomicBoolean flag = new AtomicBoolean();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
  private final AtomicReference<RegistryAdmin> registry = new AtomicReference<>();
  private final Backends backends = new Backends();
  private final Signal news = new Signal();
  private final AtomicReference<Optional<Object>> told = new AtomicReference<>(Optional.empty());
  private final AtomicBoolean exchanging = new AtomicBoolean();
  private final AtomicLong nanos = new AtomicLong();
  private final ServiceReference<?> ets = backend("ets");
  private final ServiceReference<?> legacy = backend("legacy");
  private final List<SwapReport> swaps = new ArrayList<>();
  private Selector selector;
  private SelectionView view;

  @BeforeEach
  void start() {
    RegistryAdmin core = mock(RegistryAdmin.class);
    when(core.swaps())
        .thenAnswer(
            call -> {
              synchronized (swaps) {
                return List.copyOf(swaps);
              }
            });
    RegistryStatus status =
        new RegistryStatus(
            "legacy",
            "",
            List.of(),
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            false,
            Optional.empty(),
            MirrorStatus.NONE);
    when(core.status()).thenReturn(status);
    registry.set(core);
    LostUpdate lostUpdate =
        new LostUpdate(() -> told.get().map(SelectorTest::all), exchanging::get, nanos::get);
    selector =
        new Selector(
            () -> new Plan(Choice.wanted(flag.get()), "", 0, true),
            configuration,
            backends,
            registry::get,
            lostUpdate,
            phase::get);
    view = new SelectionView(selector, configuration, backends, registry::get, news);
    admin.listen(
        event -> {
          if (event.getPid().equals(PID)) {
            selector.ask();
          }
        },
        false);
  }

  @AfterEach
  void stop() {
    selector.close();
    admin.close();
  }

  /** All that the registry was told, where it was told of nothing but a target filter. */
  private static Object all(Object target) {
    return target.equals("")
        ? target
        : RegistryKeys.all(key -> key.equals(BackendSelection.TARGET) ? target : null);
  }

  private static ServiceReference<?> backend(String name) {
    ServiceReference<?> reference = mock(ServiceReference.class);
    when(reference.getProperty(RegistryBackend.IMPLEMENTATION)).thenReturn(name);
    return reference;
  }

  private void swap(String from, String to, SwapReport.Outcome outcome) {
    synchronized (swaps) {
      swaps.add(
          new SwapReport(
              swaps.size() + 1,
              Instant.EPOCH,
              from,
              to,
              0,
              0,
              0,
              0,
              0,
              0,
              outcome,
              "because",
              SwapEvidence.NONE));
    }
    news.give();
  }

  private Object target() {
    Map<String, Object> values = admin.values(PID);
    return values == null ? null : values.get(BackendSelection.TARGET);
  }

  private void decide() throws InterruptedException {
    selector.decideWithin(SECONDS.toNanos());
  }

  private void flag(boolean on) throws InterruptedException {
    flag.set(on);
    decide();
  }

  /** F1.11 */
  @Test
  void theFlagIsTurnedIntoTheFilterAndOtherKeysStay() throws Exception {
    admin.put(PID, Map.of("query.max.depth", 7, "listener.queue.size", 5L));
    backends.put(ets);
    backends.put(legacy);
    selector.open();
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
    flag(true);
    assertThat(admin.values(PID))
        .containsEntry(BackendSelection.TARGET, "(registry.implementation=ets)")
        .containsEntry("query.max.depth", 7)
        .containsEntry("listener.queue.size", 5L);
    int writes = admin.writes().size();
    decide();
    decide();
    assertThat(admin.writes()).hasSize(writes);
  }

  /** Backends are bound one by one: nothing is decided before all are known. */
  @Test
  void nothingIsDecidedBeforeItIsOpened() throws Exception {
    flag.set(true);
    backends.put(legacy);
    selector.ask();
    backends.put(ets);
    selector.open();
    decide();
    assertThat(admin.writes()).hasSize(1);
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
  }

  /** F1.12 */
  @Test
  void theFilterFollowsTheBackendsThatAreThere() throws Exception {
    backends.put(legacy);
    flag(true);
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
    assertThat(view.status().awaited()).hasValueSatisfying(s -> assertThat(s).contains("'ets'"));
    backends.put(ets);
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
    backends.remove(ets);
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
    backends.remove(legacy);
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
    backends.put(ets);
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
  }

  @Test
  void nothingIsWrittenWhileTheFrameworkStops() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    flag(true);
    phase.set(Phase.STOPPING);
    backends.remove(ets);
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
  }

  @Test
  void whileTheFrameworkStartsThePersistedFilterIsKept() throws Exception {
    admin.put(PID, Map.of(BackendSelection.TARGET, "(registry.implementation=ets)"));
    phase.set(Phase.STARTING);
    flag.set(true);
    backends.put(legacy);
    decide();
    backends.put(ets);
    decide();
    phase.set(Phase.RUNNING);
    decide();
    assertThat(admin.writes()).hasSize(1);
  }

  /** The flag is the one place to choose between the two; but not over a third. */
  @Test
  void whatSomebodyElseWritesIsPutRightOrLeftAlone() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    flag(true);
    selector.open();
    admin.put(PID, Map.of(BackendSelection.TARGET, "(registry.implementation=legacy)", "a", "b"));
    await("the filter put right")
        .untilAsserted(() -> assertThat(target()).isEqualTo("(registry.implementation=ets)"));
    assertThat(admin.values(PID)).containsEntry("a", "b");
    admin.put(PID, Map.of(BackendSelection.TARGET, "((("));
    await("the filter put right")
        .untilAsserted(() -> assertThat(target()).isEqualTo("(registry.implementation=ets)"));
    admin.delete(PID);
    await("the filter put right")
        .untilAsserted(() -> assertThat(target()).isEqualTo("(registry.implementation=ets)"));
    admin.put(PID, Map.of(BackendSelection.TARGET, "(registry.implementation=mine)"));
    flag(false);
    flag(true);
    assertThat(target()).isEqualTo("(registry.implementation=mine)");
    SelectionStatus status = view.awaitSettled(SECONDS);
    assertThat(status.settled()).isFalse();
    assertThat(status.awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("mine", BackendSelection.TARGET, PID));
    admin.put(PID, Map.of());
    await("the choice given back")
        .untilAsserted(() -> assertThat(target()).isEqualTo("(registry.implementation=ets)"));
  }

  @Test
  void aFilterThatCannotBeWrittenIsToldAndTriedAgain() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    decide();
    admin.deleteWhileUpdating(1000);
    flag(true);
    admin.deleteWhileUpdating(0);
    assertThat(view.status().awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("can't be written"));
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
    assertThat(selector.failure()).isEmpty();
    admin.fail(new IOException("disk full"));
    assertThat(view.awaitSettled(SECONDS).awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("can't be read", "disk full"));
  }

  @Test
  void afterItWasClosedTheFilterStays() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    decide();
    selector.open();
    selector.close();
    flag.set(true);
    selector.ask();
    decide();
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
  }

  /**
   * The flag and backends change on 4 threads as fast as they can: the last state wins, then
   * silence.
   */
  @Test
  void theLastStateWins() throws Exception {
    selector.open();
    backends.put(legacy);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 20; round++) {
      boolean last = round % 2 == 0;
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int number = thread;
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    if (number == 0) {
                      backends.remove(ets);
                      selector.ask();
                      backends.put(ets);
                    } else {
                      flag.set(i % 2 == 0);
                    }
                    selector.ask();
                  }
                }));
      }
      for (Future<?> future : work) {
        future.get();
      }
      flag.set(last);
      selector.ask();
      String expected = TargetFilter.pointingAt(last ? "ets" : "legacy").text();
      await("seed " + seed + ": the last state").until(() -> expected.equals(target()));
    }
    threads.shutdown();
    decide();
    int writes = admin.writes().size();
    decide();
    assertThat(admin.writes()).hasSize(writes);
  }

  @Test
  void awaitSettledReturnsWhenTheWantedOneServes() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    selector.open();
    assertThat(view.awaitSettled(SECONDS).settled()).as("legacy, by the status").isTrue();
    flag.set(true);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<SelectionStatus> waiting = thread.submit(() -> view.awaitSettled(SECONDS));
    await("the filter written")
        .untilAsserted(() -> assertThat(target()).isEqualTo("(registry.implementation=ets)"));
    assertThat(view.status().awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("under way"));
    assertThat(waiting.isDone()).isFalse();
    swap("legacy", "ets", SwapReport.Outcome.COMPLETED);
    SelectionStatus status = waiting.get(20, TimeUnit.SECONDS);
    assertThat(status)
        .isEqualTo(
            new SelectionStatus(
                "ets",
                "ets",
                "(registry.implementation=ets)",
                List.of("ets", "legacy"),
                Optional.empty(),
                true));
    thread.shutdown();
  }

  @Test
  void awaitSettledReturnsWhenItIsClearThatItCannotBe() throws Exception {
    backends.put(legacy);
    flag.set(true);
    assertThat(view.awaitSettled(SECONDS).awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("'ets' is not there"));
    backends.put(ets);
    decide();
    registry.set(null);
    SelectionStatus without = view.awaitSettled(SECONDS);
    assertThat(without.active()).isEqualTo(RegistryStatus.NO_IMPLEMENTATION);
    assertThat(without.awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("io.agents.registry.core"));
  }

  @Test
  void awaitSettledTellsOfAnAbandonedExchangeButNotOfAnEarlierOne() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    swap("none", "legacy", SwapReport.Outcome.COMPLETED);
    flag(true);
    swap("legacy", "ets", SwapReport.Outcome.ABANDONED);
    SelectionStatus status = view.awaitSettled(SECONDS);
    assertThat(status.active()).isEqualTo("legacy");
    assertThat(status.awaited()).hasValue("the exchange for 'ets' was abandoned: because");
    flag(false);
    flag(true);
    assertThat(view.awaitSettled(Duration.ofMillis(5)).awaited())
        .hasValueSatisfying(s -> assertThat(s).contains("under way"));
  }

  @Test
  void awaitSettledGivesUpWhenTheTimeIsOver() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    flag.set(true);
    for (Duration timeout :
        List.of(Duration.ofMillis(30), Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE))) {
      SelectionStatus status = view.awaitSettled(timeout);
      assertThat(status.settled()).isFalse();
    }
    swap("legacy", "ets", SwapReport.Outcome.COMPLETED);
    assertThat(view.awaitSettled(Duration.ofSeconds(Long.MAX_VALUE)).settled()).isTrue();
  }

  /** Declarative Services may never tell the registry of a filter; then it is written again. */
  @Test
  void whatTheRegistryWasNotToldIsWrittenAgain() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    told.set(Optional.of("(registry.implementation=ets)"));
    decide();
    decide();
    assertThat(admin.writes()).as("the news may be on their way").hasSize(1);
    afterPatience();
    assertThat(admin.writes()).as("one more write").hasSize(2);
    assertThat(target()).isEqualTo("(registry.implementation=legacy)");
    decide();
    assertThat(admin.writes()).as("writes, while the news may be on their way again").hasSize(2);
    afterPatience();
    assertThat(admin.writes()).as("writes, of which the second was not heard of").hasSize(3);
    told.set(Optional.of("(registry.implementation=legacy)"));
    afterPatience();
    afterPatience();
    assertThat(admin.writes()).as("writes, of which the last was heard of").hasSize(3);
  }

  /** Declarative Services know a number that the new configuration has not reached. */
  @Test
  void whatTheRegistryWasNotToldAfterADeletionIsWrittenWithAHigherNumber() throws Exception {
    backends.put(legacy);
    backends.put(ets);
    decide();
    for (int i = 0; i < 20; i++) {
      admin.put(PID, Map.of(BackendSelection.TARGET, "(registry.implementation=legacy)", "i", i));
    }
    decide();
    long before = admin.changes(PID);
    assertThat(before).isEqualTo(21);
    admin.delete(PID);
    flag.set(true);
    told.set(Optional.of("(registry.implementation=legacy)"));
    decide();
    decide();
    assertThat(admin.changes(PID)).as("while the news may be on their way").isEqualTo(1);
    afterPatience();
    assertThat(admin.changes(PID)).as("when it is lost").isEqualTo(before + 1);
    assertThat(target()).isEqualTo("(registry.implementation=ets)");
    afterPatience();
    assertThat(admin.changes(PID)).as("when that is lost too").isEqualTo(before + 2);
  }

  private void afterPatience() throws InterruptedException {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(LostUpdate.PATIENCE_MILLIS));
    decide();
  }

  @Test
  void aFilterOfSomebodyElseIsWrittenAgainAsItIs() throws Exception {
    admin.put(PID, Map.of(BackendSelection.TARGET, "(a=b)", "c", 1));
    told.set(Optional.of(""));
    decide();
    afterPatience();
    assertThat(admin.writes()).hasSize(2);
    assertThat(admin.values(PID)).containsEntry(BackendSelection.TARGET, "(a=b)");
    assertThat(admin.values(PID)).containsEntry("c", 1);
  }

  /** What the registry is doing with the news is a part of telling it. */
  @Test
  void duringAnExchangeNothingIsTakenForLost() throws Exception {
    backends.put(legacy);
    told.set(Optional.of("(registry.implementation=ets)"));
    exchanging.set(true);
    decide();
    afterPatience();
    afterPatience();
    assertThat(admin.writes()).hasSize(1);
    exchanging.set(false);
    decide();
    assertThat(admin.writes()).hasSize(1);
    afterPatience();
    assertThat(admin.writes()).hasSize(2);
  }

  @Test
  void whereNoFilterIsConfiguredNothingIsLost() throws Exception {
    admin.put(PID, Map.of("a", 1));
    told.set(Optional.of("(registry.implementation=ets)"));
    decide();
    afterPatience();
    assertThat(admin.writes()).hasSize(1);
    told.set(Optional.empty());
    backends.put(legacy);
    decide();
    afterPatience();
    assertThat(admin.writes()).as("without a registry").hasSize(2);
  }

  /** Nobody asks for the second look: the selector does so itself. */
  @Test
  void theSelectorLooksAgainByItself() throws Exception {
    backends.put(legacy);
    told.set(Optional.of("(registry.implementation=ets)"));
    selector.open();
    decide();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(LostUpdate.PATIENCE_MILLIS));
    await("a second write").untilAsserted(() -> assertThat(admin.writes()).hasSize(2));
  }
}

package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.RecordingListener;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Listeners that throw, hang, or call the registry are in nobody's way: the others are told
 * everything in order, writers are not held up, and what the bad ones missed is counted and told
 * (R10.2, R10.4, R10.9, R10.10, R10.11).
 */
class BadListenersTest {

  private static final int WRITERS = 4;
  private static final int IDS_A_BATCH = 30;
  private static final int QUEUE = 3_000;
  private static final long HANGS_SECONDS = 10;
  private static final String LAST = "the last one";

  private final Scene scene = Scene.onLegacy();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, work -> new Thread(work, "a writer"));
  private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();

  /** The events that there must be, of all accepted writes. */
  private final AtomicLong accepted = new AtomicLong();

  private final Queue<String> calledByWriters = new ConcurrentLinkedQueue<>();

  /** What the writers have done; the listener that hangs waits for it, to be sure. */
  private final CountDownLatch written = new CountDownLatch(1);

  private final CountDownLatch hangsNoMore = new CountDownLatch(1);

  @AfterEach
  void close() {
    written.countDown();
    hangsNoMore.countDown();
    writers.shutdownNow();
    schedule.shutdownNow();
    scene.close();
  }

  /** A listener that counts what it took, and misbehaves. */
  private class Bad implements RegistryListener {
    final AtomicLong took = new AtomicLong();
    final AtomicLong missed = new AtomicLong();
    final AtomicLong presentations = new AtomicLong();
    volatile long lastNumber;
    volatile String lastId = "";

    /** What it does with an event, before it takes it. */
    void misbehave(RegistryEvent event) {}

    @Override
    public void present(List<Agent> agents) {
      presentations.incrementAndGet();
    }

    @Override
    public final void changed(RegistryEvent event) {
      if (Thread.currentThread().getName().equals("a writer")) {
        calledByWriters.add(event.agent().id());
        return;
      }
      if (!event.agent().id().equals(LAST)) {
        misbehave(event);
      }
      took.incrementAndGet();
      lastNumber = event.number();
      lastId = event.agent().id();
    }

    @Override
    public void missed(long events) {
      missed.addAndGet(events);
    }
  }

  private final class Throwing extends Bad {
    @Override
    void misbehave(RegistryEvent event) {
      if (event.number() % 7 == 0) {
        throw new IllegalStateException("on purpose");
      }
    }
  }

  private final class Erring extends Bad {
    private final AtomicInteger errors = new AtomicInteger();

    @Override
    void misbehave(RegistryEvent event) {
      if (event.number() % 11 == 0) {
        throw switch (errors.getAndIncrement() % 4) {
          case 0 -> new AssertionError("on purpose");
          case 1 -> new NoClassDefFoundError("on purpose");
          case 2 -> new StackOverflowError("on purpose");
          default -> new OutOfMemoryError("on purpose");
        };
      }
    }
  }

  private final class Hanging extends Bad {
    @Override
    void misbehave(RegistryEvent event) {
      try {
        hangsNoMore.await();
        written.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Answers every agent of the writers with one of its own, which it changes and takes away. */
  private final class Reentering extends Bad {
    @Override
    void misbehave(RegistryEvent event) {
      String id = event.agent().id();
      if (!id.startsWith("echo") && event.type() == RegistryEvent.Type.REGISTERED) {
        write("echo of " + id);
        assertThat(scene.registry.lookup("echo of " + id)).isEmpty();
      }
    }
  }

  /** Three writes of one id. */
  private void write(String id) {
    scene.registry.register(id, scene.service, Map.of("step", 1));
    accepted.incrementAndGet();
    scene.registry.updateMetadata(id, Map.of("step", 2));
    accepted.incrementAndGet();
    scene.registry.unregister(id);
    accepted.incrementAndGet();
  }

  private <L extends RegistryListener> L added(L listener) {
    scene.core.listeners().add(listener, listener.getClass().getSimpleName(), listener, null);
    return listener;
  }

  @Test // R10.2, R10.4, R10.9, R10.10, R10.11
  void badListenersAreInNobodysWayAndAreToldWhatTheyMissed() throws Exception {
    Settings rest = Settings.DEFAULT;
    scene.core.settings(
        new Settings(
            rest.maxIdLength(),
            rest.metadata(),
            rest.query(),
            QUEUE,
            rest.swapsKept(),
            rest.maxAgents(),
            rest.maxAgentsOfOwner()));
    RecordingListener good = scene.listen();
    Hanging hanging = added(new Hanging());
    List<Bad> bad =
        List.of(hanging, added(new Throwing()), added(new Erring()), added(new Reentering()));
    RecordingListener alsoGood = scene.listen();
    for (Bad listener : bad) {
      Eventually.holds("each is told what is there", () -> listener.presentations.get() > 0);
    }
    ScheduledFuture<?> release =
        schedule.schedule(hangsNoMore::countDown, HANGS_SECONDS, TimeUnit.SECONDS);
    int batches = Effort.rounds(20, 200);
    long start = System.nanoTime();
    Deadline.within(
        Duration.ofMinutes(3),
        "writing beside bad listeners",
        () -> write(batches, good, alsoGood));
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    assertThat(calledByWriters).as("events that a writer had to tell itself").isEmpty();
    assertThat(hanging.took).as("events that the hanging one took meanwhile").hasValue(0);
    written.countDown();
    scene.register(LAST);
    accepted.incrementAndGet();
    awaitAll(good);
    awaitAll(alsoGood);
    assertToldInOrder(good);
    assertToldInOrder(alsoGood);
    long total = accepted.get();
    for (Bad listener : bad) {
      Eventually.passes(
          "the bad listener is told the rest",
          () -> {
            scene.registry.updateMetadata(LAST, Map.of());
            assertThat(listener.lastId).as(listener.getClass().getSimpleName()).isEqualTo(LAST);
          });
    }
    assertNothingIsUncounted(bad);
    assertThat(release.isDone()).as("the hanging one was let go").isTrue();
    assertThat(hanging.missed.get()).as("missed by the hanging one").isPositive();
    Figures.report(
        "bad listeners",
        total
            + " events; a write took "
            + micros / (3L * batches * WRITERS * IDS_A_BATCH)
            + " us on average while one listener hung for "
            + HANGS_SECONDS
            + " s, which missed "
            + hanging.missed);
  }

  /** Taken and missed events are as many as the number of the last event says. */
  private void assertNothingIsUncounted(List<Bad> bad) {
    long counted = 0;
    for (Bad listener : bad) {
      Eventually.passes(
          "the last events are taken",
          () ->
              assertThat(listener.took.get() + listener.missed.get())
                  .as("taken and missed by %s", listener.getClass().getSimpleName())
                  .isEqualTo(listener.lastNumber)
                  .isGreaterThanOrEqualTo(accepted.get()));
      counted += listener.missed.get();
    }
    assertThat(scene.core.status().eventsMissed()).as("R14.2").isEqualTo(counted);
  }

  /** Each batch is less than a queue, and the next one waits until the good ones have caught up. */
  private void write(int batches, RecordingListener... good) throws Exception {
    for (int batch = 0; batch < batches; batch++) {
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String prefix = "b" + batch + "w" + writer + "n";
        writing.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < IDS_A_BATCH; i++) {
                    write(prefix + i);
                  }
                }));
      }
      for (Future<?> one : writing) {
        one.get();
      }
      for (RecordingListener listener : good) {
        awaitAll(listener);
      }
    }
  }

  private void awaitAll(RecordingListener listener) {
    Eventually.passes(
        "a good listener is told everything",
        () ->
            assertThat(listener.missedEvents() + listener.events().size())
                .as("events told or missed")
                .isEqualTo(accepted.get()));
  }

  /** What happens to each agent here, in this order. */
  private static final List<RegistryEvent.Type> ORDER =
      List.of(
          RegistryEvent.Type.REGISTERED,
          RegistryEvent.Type.UPDATED,
          RegistryEvent.Type.UNREGISTERED);

  private static void assertToldInOrder(RecordingListener good) {
    assertThat(good.missedEvents()).as("missed by a good listener").isZero();
    Map<String, Integer> steps = new HashMap<>();
    long number = 0;
    for (RegistryEvent event : good.events()) {
      assertThat(event.number()).isEqualTo(++number);
      int step = steps.merge(event.agent().id(), 1, Integer::sum);
      assertThat(event.type())
          .as("event %s of the agent %s", step, event.agent().id())
          .isEqualTo(ORDER.get(step - 1));
    }
  }

  @Test // R10.10
  void aListenerThatRunsOutOfStackOrMemoryIsToldAnewLikeOthers() {
    for (Error error : List.of(new StackOverflowError("x"), new OutOfMemoryError("x"))) {
      AtomicInteger calls = new AtomicInteger();
      Bad listener =
          added(
              new Bad() {
                @Override
                void misbehave(RegistryEvent event) {
                  if (calls.getAndIncrement() == 0) {
                    throw error;
                  }
                }
              });
      Eventually.holds("it is told what is there", () -> listener.presentations.get() == 1);
      scene.register("of " + error);
      Eventually.holds(
          "it is told what it missed, and what is there, without a further change",
          () -> listener.missed.get() == 1 && listener.presentations.get() == 2);
      scene.core.listeners().remove(listener);
    }
    assertThat(scene.core.status().eventsMissed()).isEqualTo(2);
  }
}

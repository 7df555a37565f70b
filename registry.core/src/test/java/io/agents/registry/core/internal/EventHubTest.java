package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.testkit.Eventually;
import io.agents.registry.testkit.RecordingListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that are slow, throw, or change their filter: R10.3, R10.4, R10.9 to R10.13. */
class EventHubTest {

  private static final int QUEUE = 5;

  private final Scene scene = Scene.onLegacy();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    scene.close();
  }

  /** Tells in one sequence what it was told; fails or waits where it is asked to. */
  private static final class Told implements RegistryListener {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicBoolean throwing = new AtomicBoolean();
    private final AtomicBoolean throwingAtPresent = new AtomicBoolean();
    private volatile CountDownLatch waiting = new CountDownLatch(0);

    @Override
    public void present(List<Agent> agents) {
      told.add("present " + agents.size());
      if (throwingAtPresent.get()) {
        throw new AssertionError("on purpose");
      }
    }

    @Override
    public void changed(RegistryEvent event) {
      told.add(event.number() + " " + event.agent().id());
      await(waiting);
      if (throwing.getAndSet(false)) {
        throw new NoClassDefFoundError("on purpose");
      }
    }

    @Override
    public void missed(long events) {
      told.add("missed " + events);
    }

    String next() throws InterruptedException {
      String next = told.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("the next thing that the listener is told").isNotNull();
      return next;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted on purpose when the registry was closed", e);
    }
  }

  private Told listen(String filter) throws InterruptedException {
    Told listener = new Told();
    scene.core.listeners().add(listener, "a test", listener, filter);
    assertThat(listener.next()).isEqualTo("present " + scene.registry.count());
    return listener;
  }

  private void limitQueue() {
    scene.core.settings(
        new Settings(
            256,
            Settings.DEFAULT.metadata(),
            Settings.DEFAULT.query(),
            QUEUE,
            100,
            Settings.UNLIMITED,
            Settings.UNLIMITED));
  }

  @Test // R10.4, R10.11
  void aListenerThatIsTooSlowIsToldHowMuchItMissedAndWhatIsThere() throws Exception {
    limitQueue();
    Told listener = listen(null);
    listener.waiting = release;
    scene.register("first");
    assertThat(listener.next()).isEqualTo("1 first");
    scene.registerMany("a", 12);
    assertThat(scene.core.status().eventsMissed()).isEqualTo(12 - QUEUE);
    release.countDown();
    for (int i = 0; i < QUEUE; i++) {
      assertThat(listener.next()).isEqualTo((i + 2) + " a" + i);
    }
    assertThat(listener.next()).isEqualTo("missed 7");
    assertThat(listener.next()).isEqualTo("present 13");
    scene.register("last");
    assertThat(listener.next()).isEqualTo("14 last");
  }

  @Test // R10.11
  void whatDoesNotConcernAListenerIsNotMissed() throws Exception {
    limitQueue();
    scene.register("there");
    Told listener = listen("(capability=translation)");
    listener.waiting = release;
    scene.register("first");
    assertThat(listener.next()).isEqualTo("1 first");
    for (int i = 0; i < 20; i++) {
      scene.registry.register("b" + i, scene.service, Map.of("capability", "search"));
    }
    assertThat(scene.core.status().eventsMissed()).isZero();
  }

  @Test // R10.11
  void aListenerThatHangsHoldsUpNobody() throws Exception {
    for (int i = 0; i < 3; i++) {
      listen(null).waiting = release;
    }
    RecordingListener other = scene.listen();
    scene.registerMany("a", 100);
    assertThat(other.awaitEvents(100)).hasSize(100);
  }

  @Test // R10.4, R10.10
  void aListenerThatThrowsIsToldAnew() throws Exception {
    Told listener = listen(null);
    listener.throwing.set(true);
    scene.register("a");
    assertThat(listener.next()).isEqualTo("1 a");
    assertThat(listener.next()).isEqualTo("missed 1");
    assertThat(listener.next()).isEqualTo("present 1");
    scene.register("b");
    assertThat(listener.next()).isEqualTo("2 b");
    assertThat(scene.core.status().eventsMissed()).isEqualTo(1);
  }

  @Test // R10.3, R10.10
  void aListenerThatThrowsAtPresentIsToldAgainUntilItTakesIt() throws Exception {
    scene.register("there");
    Told listener = new Told();
    listener.throwingAtPresent.set(true);
    scene.core.listeners().add(listener, "a test", listener, null);
    for (int i = 0; i < 3; i++) {
      assertThat(listener.next()).isEqualTo("present 1");
    }
    listener.throwingAtPresent.set(false);
    Eventually.passes(
        "the listener takes what is there",
        () -> {
          scene.registry.updateMetadata("there", Map.of());
          assertThat(listener.told).anyMatch(text -> text.endsWith(" there"));
        });
  }

  @Test // R10.13
  void aFilterThatDoesNotParseMutesTheListenerUntilItIsMended() throws Exception {
    Told listener = new Told();
    scene.core.listeners().add(listener, "a test", listener, "(capability=");
    assertThat(scene.core.status().listeners()).isZero();
    scene.register("a");
    scene.registry.register("b", scene.service, Map.of("capability", "search"));
    scene.core.listeners().changeFilter(listener, "(capability=translation)");
    assertThat(listener.next()).isEqualTo("present 1");
    assertThat(scene.core.status().listeners()).isEqualTo(1);
    scene.registry.unregister("b");
    scene.registry.unregister("a");
    assertThat(listener.next()).isEqualTo("1 a");
    assertThat(scene.core.status().eventsMissed()).isZero();
  }

  @Test // R10.3
  void aChangedFilterTellsAnewWhatIsThere() throws Exception {
    scene.register("a");
    scene.registry.register("b", scene.service, Map.of("capability", "search"));
    Told listener = listen(null);
    scene.core.listeners().changeFilter(listener, "(capability=search)");
    assertThat(listener.next()).isEqualTo("present 1");
    scene.core.listeners().changeFilter(listener, "(capability=search)");
    scene.registry.unregister("a");
    scene.registry.unregister("b");
    assertThat(listener.next()).isEqualTo("1 b");
  }

  @Test // R10.9
  void aListenerIsCalledUnderNoLockByAThreadOfItsOwn() throws Exception {
    AtomicInteger held = new AtomicInteger();
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    RecordingListener listener =
        new RecordingListener(
            event -> {
              held.addAndGet(scene.core.locks().isHeld(event.agent().id()) ? 1 : 0);
              threads.add(Thread.currentThread().getName());
            });
    scene.core.listeners().add(listener, "a test", listener, null);
    listener.awaitPresent();
    scene.register("a");
    assertThat(threads.poll(30, TimeUnit.SECONDS)).startsWith("registry-listener-");
    assertThat(held).hasValue(0);
  }

  @Test // R10.12
  void aClosedRegistryEndsItsThreadsWhateverListenersDo() throws Exception {
    Told hanging = listen(null);
    hanging.waiting = release;
    Told idle = listen(null);
    scene.register("a");
    assertThat(hanging.next()).isEqualTo("1 a");
    assertThat(idle.next()).isEqualTo("1 a");
    scene.register("b");
    scene.core.close();
    Eventually.holds("the threads of listeners end", () -> listenerThreads() == 0);
    assertThat(hanging.told).as("told after the end").isEmpty();
  }

  @Test
  void noThreadIsThereWhileNobodyListens() {
    Eventually.holds("the threads of other tests have ended", () -> listenerThreads() == 0);
    scene.registerMany("a", 10);
    assertThat(listenerThreads()).isZero();
  }

  private static long listenerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("registry-listener-"))
        .count();
  }
}

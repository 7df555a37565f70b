package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Registration;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.core.internal.TestBackend.Call;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The next backend stands still for five seconds in the middle of the copy. Readers read on and
 * writers write on, those of the very agent that is being copied too (R11.2, R11.4, R11.12).
 */
class FrozenCopyTest {

  private static final Duration FREEZE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int AGENTS = 10_000;

  /** What one thread has to get done in the freeze; it could be thousands of times as much. */
  private static final int LEAST_CALLS = 20;

  private final Scene scene = Scene.onLegacy();
  private final ExecutorService threads = Executors.newCachedThreadPool(FrozenCopyTest::daemon);
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(FrozenCopyTest::daemon);
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);
  private volatile ScheduledFuture<?> thaw;
  private volatile String copied;

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "frozen copy");
    thread.setDaemon(true);
    return thread;
  }

  @AfterEach
  void close() {
    thawed.countDown();
    threads.shutdownNow();
    later.shutdownNow();
    scene.close();
  }

  @Test
  void nobodyWaitsForTheCopy() throws Exception {
    scene.registerMany("a", AGENTS);
    scene.ets.before(
        Call.PUT,
        AGENTS / 2,
        agent -> {
          copied = agent.id();
          frozen.countDown();
          thaw = later.schedule(thawed::countDown, FREEZE.toMillis(), TimeUnit.MILLISECONDS);
          await(thawed);
        });
    Future<SwapReport> swap = threads.submit(scene::toEts);
    Deadline.within(LIMIT, "the beginning of the swap", () -> await(frozen));
    Future<Histogram> lookups = threads.submit(() -> timed(this::lookup));
    Future<Histogram> queries = threads.submit(() -> timed(this::query));
    List<Future<Histogram>> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String prefix = "w" + i + "-";
      writers.add(threads.submit(() -> timed(n -> write(prefix + n))));
    }
    Future<Histogram> ofCopied = threads.submit(() -> timed(this::writeCopied));
    Deadline.within(
        LIMIT,
        "reading and writing while the copy stands still",
        () -> {
          Histogram reads = sum("lookups", List.of(lookups));
          Histogram lists = sum("queries", List.of(queries));
          Histogram writes = sum("writes", writers);
          Histogram same = sum("writes of the agent that is being copied", List.of(ofCopied));
          Figures.report(
              "swap frozen for " + FREEZE.toSeconds() + " s with " + AGENTS + " agents",
              String.join(
                  "; ",
                  figures("lookups", reads),
                  figures("queries of all", lists),
                  figures("writes", writes),
                  figures("writes of the copied agent", same)));
        });
    SwapReport report = swap.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETED);
    assertThat(report.durationNanos()).isGreaterThanOrEqualTo(FREEZE.toNanos() / 2);
    assertThat(scene.registry.count()).isEqualTo(AGENTS);
    assertThat(scene.agent(copied).revision()).isGreaterThan(LEAST_CALLS);
  }

  /** A call of the registry. */
  private interface Numbered {
    void call(int number) throws Exception;
  }

  /** Calls until the copy goes on, and tells how long each call took that ended before. */
  private Histogram timed(Numbered work) throws Exception {
    Histogram nanos = new Histogram(3);
    int number = 0;
    while (true) {
      long start = System.nanoTime();
      work.call(number++);
      long took = System.nanoTime() - start;
      if (thawed.getCount() == 0) {
        return nanos;
      }
      nanos.recordValue(took);
    }
  }

  private void lookup(int number) {
    String id = "a" + number % AGENTS;
    assertThat(scene.agent(id)).as(id).isNotNull();
  }

  private void query(int number) {
    assertThat(scene.registry.query(Query.where("capability").equalTo("translation")))
        .as("all but the one that is being written, in query %d", number)
        .hasSizeGreaterThanOrEqualTo(AGENTS - 1);
  }

  private void write(String id) {
    Registration registration = scene.registry.register(id, scene.service, Map.of());
    assertThat(registration.update(Map.of("n", 1)).revision()).isEqualTo(2);
    registration.close();
    assertThat(scene.agent(id)).as(id).isNull();
  }

  private void writeCopied(int number) {
    Agent after = scene.registry.updateMetadata(copied, Map.of("n", number));
    assertThat(scene.agent(copied)).isEqualTo(after);
  }

  private static Histogram sum(String what, List<Future<Histogram>> parts) throws Exception {
    Histogram all = new Histogram(3);
    for (Future<Histogram> part : parts) {
      Histogram one = part.get();
      assertThat(one.getTotalCount())
          .as("%s that ended while the copy stood still", what)
          .isGreaterThanOrEqualTo(LEAST_CALLS);
      all.add(one);
    }
    return all;
  }

  private static String figures(String what, Histogram nanos) {
    return String.format(
        Locale.ROOT,
        "%d %s, p99.9 %.3f ms, longest %.3f ms",
        nanos.getTotalCount(),
        what,
        nanos.getValueAtPercentile(99.9) / 1e6,
        nanos.getMaxValue() / 1e6);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Operation;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes in reads that are to be compared with the mirror, and has them compared later. */
final class Comparer implements Runnable {

  /*
   * Design
   *
   * The caller leaves a note and goes on. One thread of its own, which comes when there is something to
   * compare and goes when it is idle, looks for notes every now and then: to wake a thread costs the
   * caller a hundred times as much as a lookup. What does not fit into the queue is only counted, and
   * so is a list that would keep too many agents in memory while it waits.
   *
   * There is a comparer for each mirror. One whose mirror stands still keeps its own thread, and that
   * of no other one.
   */

  private static final int MOST_WAITING = 1_024;
  private static final int MOST_AGENTS_WAITING = 200_000;
  private static final int BATCH = 64;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** After so many looks in vain the thread ends. */
  private static final int IDLE_LOOKS = 1_000;

  /**
   * A read that is to be compared.
   *
   * @param answer what the caller got; null where a lookup found nothing
   * @param begun the time before the read, of {@link System#nanoTime}
   */
  record Sample(
      Operation operation,
      Object argument,
      @Nullable Object answer,
      Function<RegistryBackend, ?> reading,
      long begun) {

    int agents() {
      return answer instanceof Collection<?> some ? some.size() : 1;
    }

    @Nullable Agent agent() {
      return (Agent) answer;
    }
  }

  private final Judge judge;
  private final ComparisonLog log;
  private final Background background;
  private final BlockingQueue<Sample> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger agentsWaiting = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();

  Comparer(Judge judge, ComparisonLog log, Background background) {
    this.judge = judge;
    this.log = log;
    this.background = background;
  }

  /** Whether it compares with this mirror. */
  boolean isOf(@Nullable Mirror mirror) {
    return judge.mirror() == mirror;
  }

  /** Takes in a read. Called by the reader. */
  void offer(
      Operation operation,
      Object argument,
      @Nullable Object answer,
      Function<RegistryBackend, ?> reading,
      long begun) {
    Sample sample = new Sample(operation, argument, answer, reading, begun);
    int agents = sample.agents();
    if (agentsWaiting.addAndGet(agents) - agents > MOST_AGENTS_WAITING || !waiting.offer(sample)) {
      agentsWaiting.addAndGet(-agents);
      log.notCompared();
      return;
    }
    if (!running.get()) {
      start();
    }
  }

  /** Whether everything that was taken in has been compared. */
  boolean isIdle() {
    return agentsWaiting.get() == 0;
  }

  @Override
  public void run() {
    List<Sample> batch = new ArrayList<>(BATCH);
    int looks = 0;
    while (looks < IDLE_LOOKS && !Thread.currentThread().isInterrupted()) {
      if (waiting.drainTo(batch, BATCH) == 0) {
        looks++;
        LockSupport.parkNanos(PAUSE_NANOS);
      } else {
        looks = 0;
        batch.forEach(this::compare);
        batch.clear();
      }
    }
    running.set(false);
    if (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()) {
      start();
    }
  }

  private void compare(Sample sample) {
    try {
      judge.judge(sample);
    } finally {
      agentsWaiting.addAndGet(-sample.agents());
    }
  }

  private void start() {
    if (running.compareAndSet(false, true)) {
      background.start("registry-comparison", this);
    }
  }
}

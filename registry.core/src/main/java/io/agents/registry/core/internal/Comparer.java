package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Operation;
import io.agents.registry.spi.RegistryBackend;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
   * So many comparisons a second are made and no more: a comparison costs a hundred times what it costs to
   * choose a read for it, so that whoever reads millions of agents a second would pay for the thread
   * that compares with a processor of his own. There is room for a number of notes; a note takes room, and
   * the thread gives it back at that rate, but never so much that more could wait than fit. While there
   * is no room no read is chosen: to choose one in vain would cost several lookups, and of a hundred
   * chosen of a busy registry ninety-nine would be. Whoever takes the last room closes the watch, and
   * the thread opens it again.
   *
   * Two races of that. A reader may close a watch for which the thread has just made room; the thread
   * looks again, so it has to be there as long as a watch is closed: the reader looks for it after he has
   * closed, and it looks for closed watches after it has said that it goes. And a watch may be replaced
   * by another one while it is closed; each begins open, and the first who finds no room closes it.
   *
   * There is a comparer for each mirror. One whose mirror stands still keeps its own thread, and that
   * of no other one.
   */

  private static final int MOST_WAITING = 1_024;
  private static final int MOST_AGENTS_WAITING = 200_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

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
  private final IntSupplier mostPerSecond;
  private final Queue<Sample> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger room = new AtomicInteger(MOST_WAITING);
  private final AtomicInteger agentsWaiting = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();

  /** What chooses the reads now. Written with all write locks held. */
  private volatile @Nullable Watch watch;

  /** Used by the one thread that compares. */
  private long refilled = System.nanoTime();

  /**
   * Compares.
   *
   * @param mostPerSecond how many reads a second at most
   */
  Comparer(Judge judge, ComparisonLog log, Background background, IntSupplier mostPerSecond) {
    this.judge = judge;
    this.log = log;
    this.background = background;
    this.mostPerSecond = mostPerSecond;
  }

  /** Whether it compares with this mirror. */
  boolean isOf(@Nullable Mirror mirror) {
    return judge.mirror() == mirror;
  }

  /** Has reads chosen by this watch from now on. To be called with all write locks held. */
  void chooseBy(Watch next) {
    watch = next;
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
    if (agentsWaiting.addAndGet(agents) - agents > MOST_AGENTS_WAITING || !hasTakenRoom()) {
      agentsWaiting.addAndGet(-agents);
      log.notCompared();
      return;
    }
    waiting.add(sample);
    ensureRunning();
  }

  private boolean hasTakenRoom() {
    int before = room.getAndDecrement();
    if (before <= 0) {
      room.incrementAndGet();
    }
    if (before <= 1) {
      close();
    }
    return before > 0;
  }

  private void close() {
    Watch choosing = watch;
    if (choosing != null) {
      choosing.close();
    }
    ensureRunning();
  }

  @Override
  public void run() {
    int looks = 0;
    while (isWanted(looks) && !Thread.currentThread().isInterrupted()) {
      looks = compareAll() == 0 ? looks + 1 : 0;
      refill();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    running.set(false);
    boolean isMissed = !waiting.isEmpty() || isWanted(IDLE_LOOKS);
    if (isMissed && !Thread.currentThread().isInterrupted()) {
      ensureRunning();
    }
  }

  /** A watch that is closed is opened by the thread alone. */
  private boolean isWanted(int looks) {
    Watch choosing = watch;
    return looks < IDLE_LOOKS || (choosing != null && choosing.isClosed());
  }

  /** Compares what waits; how much that was. */
  private int compareAll() {
    int compared = 0;
    Sample sample = waiting.poll();
    while (sample != null && !Thread.currentThread().isInterrupted()) {
      compare(sample);
      compared++;
      sample = waiting.poll();
    }
    return compared;
  }

  /** Gives back the room for the time since it was last given back, idle times included. */
  private void refill() {
    long now = System.nanoTime();
    double due = mostPerSecond.getAsInt() * ((now - refilled) / (double) SECOND);
    if (due >= 1) {
      refilled = now;
      int missing = MOST_WAITING - room.get() - waiting.size();
      if (missing > 0) {
        room.addAndGet((int) Math.min(due, missing));
      }
    }
    Watch choosing = watch;
    if (choosing != null && choosing.isClosed() && room.get() > 0) {
      choosing.open();
    }
  }

  private void compare(Sample sample) {
    try {
      judge.judge(sample);
    } finally {
      agentsWaiting.addAndGet(-sample.agents());
    }
  }

  private void ensureRunning() {
    if (!running.get() && running.compareAndSet(false, true)) {
      background.start("registry-comparison", this);
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What waits to be told to one listener. Writers put it in, one thread at a time takes it out. */
final class Mailbox {

  /*
   * Design
   *
   * A mailbox is in one of three states.
   *  - current: changes are queued, up to the configured number;
   *  - stale: a change was lost (the queue was full, the listener threw, or its filter is another one):
   *    what follows is counted, not kept, until the listener is told anew what is there;
   *  - joining: a reading of what is there is under way. Of the changes that come meanwhile only the
   *    last outcome of each id is kept: laid over the reading, it gives what is there in the end. So
   *    a long reading needs no queue, and cannot overflow one.
   * A new mailbox is stale, with nothing counted: nothing was missed before the first reading.
   *
   * The monitor of the mailbox guards all fields. It is held for a few steps only, and is the last lock
   * that a thread takes. Filters run under it only where a loss has to be counted; all else is filtered
   * by the thread of the listener.
   */

  /** What the thread of the listener has to do next. */
  enum Task {
    TELL,
    JOIN,
    REST
  }

  /** What happened while a reading was under way, and how much was missed since the last one. */
  record Joined(Map<String, Optional<Agent>> touched, long missed, Predicate<Agent> filter) {}

  private final IntSupplier capacity;
  private final LongAdder missedByAll;
  private final Queue<Change> queue = new ArrayDeque<>();

  /** Not null exactly while joining. */
  private @Nullable Map<String, Optional<Agent>> touched;

  private boolean stale = true;
  private boolean started;
  private long missed;

  /** Null while the listener is told nothing, because its filter does not parse. */
  private @Nullable Predicate<Agent> filter;

  private boolean running;
  private boolean closed;

  /** Whether a thread is needed. Written under the monitor; read without it, as a hint. */
  private volatile boolean waiting;

  Mailbox(@Nullable Predicate<Agent> filter, IntSupplier capacity, LongAdder missedByAll) {
    this.filter = filter;
    this.capacity = capacity;
    this.missedByAll = missedByAll;
    this.waiting = filter != null;
  }

  /** Takes in a change. Called with the write lock of the agent's id held. */
  synchronized void offer(Change change) {
    if (filter == null || closed) {
      return;
    }
    if (touched != null) {
      touched.put(change.agent().id(), change.outcome());
      countLoss(change);
    } else if (stale) {
      countLoss(change);
    } else if (queue.size() < capacity.getAsInt()) {
      queue.add(change);
    } else if (change.concerns(filter)) {
      stale = true;
      countLoss(change);
    }
    waiting |= !running;
  }

  /**
   * Whether a thread is needed that nobody has claimed yet. The one who claims it has to send it.
   */
  boolean claim() {
    if (!waiting) {
      return false;
    }
    synchronized (this) {
      boolean claimed = waiting && !running && !closed;
      running |= claimed;
      waiting = false;
      return claimed;
    }
  }

  /** Says what to do; after {@link Task#REST} the thread is no longer counted on. */
  synchronized Task next() {
    if (closed || filter == null) {
      running = false;
      return Task.REST;
    }
    if (!queue.isEmpty()) {
      return Task.TELL;
    }
    running = stale;
    return stale ? Task.JOIN : Task.REST;
  }

  /** The next change, or null if there is none. */
  synchronized @Nullable Change poll() {
    return queue.poll();
  }

  synchronized void beginJoin() {
    touched = new HashMap<>();
  }

  /**
   * Ends a reading. Called with all write locks held, so that a change is either seen by the
   * reading or among the touched, and every other change comes after.
   *
   * @return null if the filter was exchanged meanwhile, so that the reading is to be done again
   */
  synchronized @Nullable Joined endJoin() {
    if (touched == null || filter == null) {
      return null;
    }
    Joined joined = new Joined(touched, missed, filter);
    touched = null;
    missed = 0;
    stale = false;
    return joined;
  }

  /** The listener has been told what is there; from now on it can miss something. */
  synchronized void started() {
    started = true;
  }

  /** The listener failed to take a change: it has missed it, and is told anew what is there. */
  synchronized void failed() {
    missed++;
    missedByAll.increment();
    becomeStale();
  }

  /**
   * The listener failed to take what is there: it is told again.
   *
   * @param again how many missed changes it was to be told of
   */
  synchronized void failedToJoin(long again) {
    missed += again;
    becomeStale();
  }

  /** Exchanges the filter; null to tell nothing. The listener is told anew what is there. */
  synchronized void filter(@Nullable Predicate<Agent> other) {
    becomeStale();
    filter = other;
    waiting = other != null && !running;
  }

  synchronized boolean isListening() {
    return filter != null;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Nothing more is told. What waits is given up. */
  synchronized void close() {
    closed = true;
    queue.clear();
    notifyAll();
  }

  /** The thread of the listener has died. Another one begins anew. */
  synchronized void abandoned() {
    running = false;
    becomeStale();
    waiting = true;
  }

  /** Waits, at most until the mailbox is closed. */
  synchronized void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (left > 0 && !closed) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void becomeStale() {
    queue.forEach(this::countLoss);
    queue.clear();
    touched = null;
    stale = true;
  }

  private void countLoss(Change change) {
    if (started && filter != null && change.concerns(filter)) {
      missed++;
      missedByAll.increment();
    }
  }
}

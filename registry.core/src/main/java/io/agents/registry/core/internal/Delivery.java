package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.core.internal.Mailbox.Joined;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener what waits in its mailbox. Run by one thread at a time, which holds no lock.
 */
final class Delivery implements Runnable {

  /*
   * Design
   *
   * The fields that follow belong to the thread that runs the delivery; the mailbox hands them from
   * one thread to the next. How a listener joins without a gap: the changes begin to be kept (1), all
   * agents are read (2), the keeping ends at an instant without writes (3), and what was kept is laid
   * over what was read (4). A write whose change was not kept at (1) was finished before (2) began, so
   * it was read. At (3) there is no write between its change in the backend and in the mailbox, so no
   * change comes later whose outcome was already read.
   *
   * A listener that throws is told anew, which costs a reading of all agents. One that goes on throwing
   * is made to wait in between, longer each time. It keeps nobody waiting but itself.
   *
   * All errors are taken alike, those of the virtual machine too: a listener that runs out of stack or
   * memory has missed the event, and the thread that brought it must live on to tell it so.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final RegistryListener listener;
  private final String name;
  private final Mailbox mailbox;
  private final Supplier<Map<String, Agent>> reading;
  private final WriteLocks locks;

  /** Set by the first join, before which nothing is told. */
  private Predicate<Agent> filter = agent -> false;

  private long lastNumber;
  private int failuresInARow;
  private int failuresNotLogged;
  private long lastLogged = System.nanoTime() - LOG_INTERVAL_NANOS;

  Delivery(
      RegistryListener listener,
      String name,
      Mailbox mailbox,
      Supplier<Map<String, Agent>> reading,
      WriteLocks locks) {
    this.listener = listener;
    this.name = name;
    this.mailbox = mailbox;
    this.reading = reading;
    this.locks = locks;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void run() {
    boolean ended = false;
    try {
      for (Mailbox.Task task = mailbox.next(); task != Mailbox.Task.REST; task = mailbox.next()) {
        if (task == Mailbox.Task.TELL) {
          tell(mailbox.poll());
        } else {
          pauseAfterFailure();
          join();
        }
      }
      ended = true;
    } catch (InterruptedException e) {
      // The registry is going; nothing more is told.
      mailbox.close();
      ended = true;
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        mailbox.abandoned();
      }
    }
  }

  private void tell(@Nullable Change change) {
    if (change == null || !change.concerns(filter)) {
      return;
    }
    try {
      listener.changed(change.numbered(lastNumber + 1));
      lastNumber++;
      failuresInARow = 0;
    } catch (Exception | Error e) {
      mailbox.failed();
      noteFailure(e);
    }
  }

  private void join() {
    Joined joined;
    Collection<Agent> there;
    try {
      mailbox.beginJoin();
      Map<String, Agent> read = reading.get();
      joined = locks.exclusively(mailbox::endJoin);
      if (joined == null) {
        return;
      }
      joined
          .touched()
          .forEach(
              (id, outcome) ->
                  outcome.ifPresentOrElse(a -> read.put(id, a), () -> read.remove(id)));
      there = read.values();
    } catch (RuntimeException e) {
      mailbox.failedToJoin(0);
      noteFailure(e);
      return;
    }
    filter = joined.filter();
    start(joined.missed(), there);
  }

  private void start(long missed, Collection<Agent> there) {
    List<Agent> matching = new ArrayList<>();
    for (Agent agent : there) {
      if (filter.test(agent)) {
        matching.add(agent);
      }
    }
    try {
      if (missed > 0) {
        listener.missed(missed);
      }
      listener.present(Collections.unmodifiableList(matching));
      lastNumber += missed;
      mailbox.started();
    } catch (Exception | Error e) {
      mailbox.failedToJoin(missed);
      noteFailure(e);
    }
  }

  private void pauseAfterFailure() throws InterruptedException {
    if (failuresInARow > 1) {
      int doublings = Math.min(failuresInARow - 2, 10);
      mailbox.pause(Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << doublings));
    }
  }

  private void noteFailure(Throwable failure) {
    failuresInARow++;
    if (mailbox.isClosed()) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastLogged < LOG_INTERVAL_NANOS) {
      failuresNotLogged++;
      return;
    }
    LOG.warn(
        "The registry listener {} failed; it is told anew what is there ({} more failures since this was"
            + " last logged)",
        name,
        failuresNotLogged,
        failure);
    lastLogged = now;
    failuresNotLogged = 0;
  }
}

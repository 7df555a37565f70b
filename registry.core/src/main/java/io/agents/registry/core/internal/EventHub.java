package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistryListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings changes to listeners. */
final class EventHub implements AutoCloseable {

  /*
   * Design
   *
   * A writer puts its change into the mailbox of each listener while it holds the write lock of the id,
   * and sends threads after it has let go of it. While nobody listens this is one volatile read.
   *
   * Each listener that has something to be told gets a thread of its own, so that a slow one holds up
   * nobody. Threads come when they are needed and go after some idle seconds.
   *
   * `deliveries` is written under the monitor of the hub and read by writers without. A writer that
   * still sees the array without a listener has finished its write before that listener was added, and
   * so before its reading began.
   */

  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
  private static final long IDLE_SECONDS = 5;

  /** A listener as it was added. */
  private record Entry(Delivery delivery, String name, @Nullable String filter) {}

  private final Supplier<Settings> settings;
  private final Supplier<Map<String, Agent>> reading;
  private final WriteLocks locks;
  private final ThreadPoolExecutor threads;
  private final LongAdder missed = new LongAdder();

  /** Guarded by this. */
  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  private volatile Delivery[] deliveries = {};

  EventHub(Supplier<Settings> settings, Routing routing, WriteLocks locks) {
    this.settings = settings;
    this.locks = locks;
    this.reading =
        () ->
            routing.read(
                backend -> {
                  Map<String, Agent> all = new HashMap<>();
                  backend.forEach(agent -> all.put(agent.id(), agent));
                  return all;
                });
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            newThreads());
  }

  /** Takes in a change. Called with the write lock of the agent's id held. */
  void tell(Change change) {
    for (Delivery delivery : deliveries) {
      delivery.mailbox().offer(change);
    }
  }

  /** Whether anybody is told of changes. */
  boolean isHeard() {
    return deliveries.length > 0;
  }

  /** Sends threads to where changes wait. Called without locks. */
  void send() {
    for (Delivery delivery : deliveries) {
      send(delivery);
    }
  }

  /**
   * Begins to tell a listener.
   *
   * @param key stands for the listener in the other methods
   * @param name names it in the log
   * @param listener is told
   * @param filter what it wants to hear of; null for everything
   */
  void add(Object key, String name, RegistryListener listener, @Nullable String filter) {
    Mailbox mailbox =
        new Mailbox(parse(name, filter), () -> settings.get().listenerQueueSize(), missed);
    Delivery delivery = new Delivery(listener, name, mailbox, reading, locks);
    synchronized (this) {
      entries.put(key, new Entry(delivery, name, filter));
      publish();
    }
    send(delivery);
  }

  /** Takes notice of another filter of a listener. The same one as before changes nothing. */
  void changeFilter(Object key, @Nullable String filter) {
    Entry changed;
    synchronized (this) {
      Entry entry = entries.get(key);
      if (entry == null || Objects.equals(entry.filter(), filter)) {
        return;
      }
      changed = new Entry(entry.delivery(), entry.name(), filter);
      entries.put(key, changed);
      changed.delivery().mailbox().filter(parse(entry.name(), filter));
    }
    send(changed.delivery());
  }

  /** Ends telling a listener; a call that is under way goes on. */
  void remove(Object key) {
    Entry entry;
    synchronized (this) {
      entry = entries.remove(key);
      publish();
    }
    if (entry != null) {
      entry.delivery().mailbox().close();
    }
  }

  /** How many listeners are told of changes. */
  int listeners() {
    int count = 0;
    for (Delivery delivery : deliveries) {
      if (delivery.mailbox().isListening()) {
        count++;
      }
    }
    return count;
  }

  /** How many changes listeners missed in all. */
  long missed() {
    return missed.sum();
  }

  /** Gives up what waits and ends the threads. */
  @Override
  public void close() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries.values());
      entries.clear();
      publish();
    }
    all.forEach(entry -> entry.delivery().mailbox().close());
    threads.shutdownNow();
  }

  private void publish() {
    deliveries = entries.values().stream().map(Entry::delivery).toArray(Delivery[]::new);
  }

  private void send(Delivery delivery) {
    if (delivery.mailbox().claim()) {
      try {
        threads.execute(delivery);
      } catch (RejectedExecutionException e) {
        // Closed meanwhile: what waits is given up.
        delivery.mailbox().close();
      }
    }
  }

  /** The filter, or null if it does not parse. */
  private @Nullable Predicate<Agent> parse(String name, @Nullable String filter) {
    if (filter == null) {
      return agent -> true;
    }
    try {
      Query query = Query.parse(filter, settings.get().query());
      return agent -> query.matches(agent.metadata());
    } catch (InvalidQueryException e) {
      LOG.warn(
          "The registry listener {} is told nothing until its property {} is a filter: {}",
          name,
          RegistryListener.FILTER,
          e.getMessage());
      return null;
    }
  }

  private static ThreadFactory newThreads() {
    AtomicInteger number = new AtomicInteger();
    // Inherits nothing of the writer that happens to need it: neither thread locals nor class
    // loader.
    return work -> {
      Thread thread =
          new Thread(null, work, "registry-listener-" + number.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(EventHub.class.getClassLoader());
      return thread;
    };
  }
}

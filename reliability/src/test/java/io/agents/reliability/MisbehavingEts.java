package io.agents.reliability;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The backend {@code ets}, but for one fault that begins when it is told to. */
final class MisbehavingEts implements RegistryBackend {

  /** What goes wrong. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** One lookup in 1,000 finds nothing. */
    WRONG_LOOKUPS,
    /** Lookups of {@link #LOST} find nothing. */
    ONE_LOST,
    /** One call in 10 throws. */
    EXCEPTIONS,
    /** Every read takes 20 ms more. */
    DELAYS,
    /** Storing throws after some agents. */
    FAILING_COPY,
    /** Storing never returns after some agents. */
    HANGING_COPY
  }

  static final String LOST = "lost";

  private static final int STORED_BEFORE_FAULT = 20;

  private final RegistryBackend ets;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Fault fault = Fault.NONE;

  MisbehavingEts(RegistryBackend ets) {
    this.ets = ets;
  }

  /** Begins to misbehave. */
  void misbehave(Fault next) {
    fault = next;
  }

  /** Lets go of what hangs. */
  void release() {
    fault = Fault.NONE;
    released.countDown();
  }

  private void read() {
    switch (fault) {
      case EXCEPTIONS -> failOneInTen();
      case DELAYS -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      default -> {}
    }
  }

  private void failOneInTen() {
    if (calls.incrementAndGet() % 10 == 0) {
      throw new IllegalStateException("a fault of the test");
    }
  }

  private void store() {
    Fault now = fault;
    if (now == Fault.FAILING_COPY && stored.incrementAndGet() > STORED_BEFORE_FAULT) {
      throw new IllegalStateException("a copy that fails in the test");
    }
    if (now == Fault.HANGING_COPY && stored.incrementAndGet() > STORED_BEFORE_FAULT) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while hanging", e);
      }
    }
  }

  @Override
  public Agent lookup(String id) {
    read();
    boolean wrong =
        switch (fault) {
          case WRONG_LOOKUPS -> calls.incrementAndGet() % 1_000 == 0;
          case ONE_LOST -> id.equals(LOST);
          default -> false;
        };
    return wrong ? null : ets.lookup(id);
  }

  @Override
  public Agent putIfAbsent(Agent agent) {
    store();
    return ets.putIfAbsent(agent);
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    return ets.replace(expected, agent);
  }

  @Override
  public boolean remove(Agent expected) {
    return ets.remove(expected);
  }

  @Override
  public void clear() {
    ets.clear();
  }

  @Override
  public int size() {
    return ets.size();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    ets.forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    read();
    return ets.query(query);
  }

  @Override
  public int count(Query query) {
    read();
    return ets.count(query);
  }

  @Override
  public Set<String> indexedAttributes() {
    return ets.indexedAttributes();
  }

  @Override
  public QueryPlan explain(Query query) {
    return ets.explain(query);
  }

  @Override
  public OwnerMonitoring monitoring() {
    return ets.monitoring();
  }

  @Override
  public void setOwnerGoneHandler(OwnerGoneHandler handler) {
    ets.setOwnerGoneHandler(handler);
  }
}

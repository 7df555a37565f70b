package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A backend for tests: a plain store that can be made to fail, or to do something, at any of its
 * calls, and that monitors owners if it is told of those that go.
 */
final class TestBackend implements RegistryBackend {

  enum Call {
    LOOKUP,
    PUT,
    REPLACE,
    REMOVE,
    CLEAR,
    SIZE,
    FOR_EACH,
    SET_HANDLER
  }

  /** What is done before a call, given the agent of the call, or null. */
  private record Hook(AtomicInteger callsBefore, Consumer<Agent> action) {}

  private final PlainStore store = new PlainStore();
  private final boolean monitoring;
  private final Set<ServiceReference<?>> gone = ConcurrentHashMap.newKeySet();
  private final Map<Call, Hook> hooks = new EnumMap<>(Call.class);
  private volatile OwnerGoneHandler handler;
  private volatile String ignored;
  private volatile Error death;
  private volatile UnaryOperator<Agent> lookups = UnaryOperator.identity();
  private volatile UnaryOperator<List<Agent>> lists = UnaryOperator.identity();
  private volatile IntUnaryOperator counts = IntUnaryOperator.identity();

  private TestBackend(boolean monitoring) {
    this.monitoring = monitoring;
  }

  static TestBackend plain() {
    return new TestBackend(false);
  }

  static TestBackend thatMonitors() {
    return new TestBackend(true);
  }

  NamedBackend named(String name) {
    return new NamedBackend(name, this);
  }

  /** Does something once, before the given call of its kind, counted from 1. */
  void before(Call call, int number, Consumer<Agent> action) {
    synchronized (hooks) {
      hooks.put(call, new Hook(new AtomicInteger(number), action));
    }
  }

  /** Throws once, at the given call of its kind, counted from 1. */
  void failAt(Call call, int number) {
    before(
        call,
        number,
        agent -> {
          throw new IllegalStateException(call + " fails on purpose");
        });
  }

  /** Throws from now on, whatever is called, until it is told to live. */
  void die(Error cause) {
    death = cause;
  }

  /** Answers again. */
  void live() {
    death = null;
  }

  /** Loses an agent that is stored under this id, without a word. */
  void lose(String id) {
    ignored = id;
  }

  /** Changes what it answers to lookups; what it holds stays as it is. */
  void answerLookups(UnaryOperator<Agent> change) {
    lookups = change;
  }

  /** Changes what it answers to queries. */
  void answerLists(UnaryOperator<List<Agent>> change) {
    lists = change;
  }

  /** Changes what it answers when it counts what matches. */
  void answerCounts(IntUnaryOperator change) {
    counts = change;
  }

  /** Holds another revision of an agent than it was given. */
  void putStray(String id, Agent agent) {
    store.replace(store.lookup(id), agent.withMetadata(agent.metadata()));
  }

  /** How many agents it holds, whatever it answers. */
  int held() {
    return store.size();
  }

  /** What it holds under an id, whatever it answers. */
  Agent holds(String id) {
    return store.lookup(id);
  }

  boolean isEmpty() {
    return store.size() == 0;
  }

  boolean hasHandler() {
    return handler != null;
  }

  /** Tells it that a service is going, as its tracker would. */
  void going(ServiceReference<?> service) {
    if (!monitoring) {
      return;
    }
    gone.add(service);
    store.forEach(
        agent -> {
          if (agent.service().equals(service)) {
            sweep(agent);
          }
        });
  }

  private void sweep(Agent agent) {
    OwnerGoneHandler present = handler;
    if (present == null) {
      removeRegistration(agent);
    } else {
      present.ownerGone(agent, () -> removeRegistration(agent));
    }
  }

  private Agent removeRegistration(Agent agent) {
    Agent held = store.lookup(agent.id());
    while (held != null && held.registration() == agent.registration()) {
      if (store.remove(held)) {
        return held;
      }
      held = store.lookup(agent.id());
    }
    return null;
  }

  @Override
  public Agent lookup(String id) {
    run(Call.LOOKUP, null);
    return lookups.apply(store.lookup(id));
  }

  @Override
  public Agent putIfAbsent(Agent agent) {
    run(Call.PUT, agent);
    requireOwner(agent);
    if (agent.id().equals(ignored)) {
      return null;
    }
    Agent holder = store.putIfAbsent(agent);
    if (holder == null && monitoring && gone.contains(agent.service())) {
      store.remove(agent);
      throw new OwnerGoneException(agent.id(), agent.service());
    }
    return holder;
  }

  @Override
  public boolean replace(Agent expected, Agent agent) {
    run(Call.REPLACE, agent);
    requireOwner(agent);
    return store.replace(expected, agent);
  }

  @Override
  public boolean remove(Agent expected) {
    run(Call.REMOVE, expected);
    return store.remove(expected);
  }

  @Override
  public void clear() {
    run(Call.CLEAR, null);
    store.clear();
  }

  @Override
  public int size() {
    run(Call.SIZE, null);
    return store.size();
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    run(Call.FOR_EACH, null);
    store.forEach(action);
  }

  @Override
  public List<Agent> query(Query query) {
    return lists.apply(store.query(query));
  }

  @Override
  public int count(Query query) {
    return counts.applyAsInt(store.count(query));
  }

  @Override
  public Set<String> indexedAttributes() {
    return store.indexedAttributes();
  }

  @Override
  public QueryPlan explain(Query query) {
    return store.explain(query);
  }

  @Override
  public OwnerMonitoring monitoring() {
    if (!monitoring) {
      return OwnerMonitoring.NONE;
    }
    Set<ServiceReference<?>> services = new HashSet<>();
    Set<Bundle> bundles = new HashSet<>();
    store.forEach(
        agent -> {
          services.add(agent.service());
          bundles.add(agent.owner());
        });
    return new OwnerMonitoring(services.size(), bundles.size());
  }

  @Override
  public void setOwnerGoneHandler(OwnerGoneHandler other) {
    run(Call.SET_HANDLER, null);
    handler = other;
  }

  private void requireOwner(Agent agent) {
    if (monitoring && (gone.contains(agent.service()) || agent.isOwnerGone())) {
      throw new OwnerGoneException(agent.id(), agent.service());
    }
  }

  private void run(Call call, Agent agent) {
    Consumer<Agent> action = null;
    synchronized (hooks) {
      Hook hook = hooks.get(call);
      if (hook != null && hook.callsBefore().decrementAndGet() == 0) {
        hooks.remove(call);
        action = hook.action();
      }
    }
    if (action != null) {
      action.accept(agent);
    }
    Error cause = death;
    if (cause != null) {
      throw cause;
    }
  }
}

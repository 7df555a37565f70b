package io.agents.registry.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the first agents of an order while all are offered to it. Used once, by one thread. */
final class FirstAgents {

  /** An agent, with the key that it is ordered by; null if it has none. */
  private record Ranked(Agent agent, @Nullable Object key) {}

  private final AttributeReader attribute;
  private final boolean descending;
  private final int limit;
  private final Comparator<Ranked> order;

  /** The one that comes last is on top. */
  private final PriorityQueue<Ranked> kept;

  FirstAgents(AttributeReader attribute, boolean descending, int limit) {
    this.attribute = attribute;
    this.descending = descending;
    this.limit = limit;
    order = this::compare;
    kept = new PriorityQueue<>(order.reversed());
  }

  void offer(Agent agent) {
    Ranked ranked = new Ranked(agent, new Extreme().of(agent));
    if (kept.size() < limit) {
      kept.add(ranked);
    } else if (order.compare(ranked, kept.element()) < 0) {
      kept.remove();
      kept.add(ranked);
    }
  }

  List<Agent> inOrder() {
    List<Ranked> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    List<Agent> agents = new ArrayList<>(sorted.size());
    sorted.forEach(ranked -> agents.add(ranked.agent));
    return Collections.unmodifiableList(agents);
  }

  private int compare(Ranked one, Ranked other) {
    int byKey = 0;
    if (one.key == null || other.key == null) {
      byKey = Boolean.compare(one.key == null, other.key == null);
    } else if (descending) {
      byKey = Query.compareKeys(other.key, one.key);
    } else {
      byKey = Query.compareKeys(one.key, other.key);
    }
    return byKey != 0 ? byKey : one.agent.id().compareTo(other.agent.id());
  }

  /** Finds the value of an agent that comes first. */
  private final class Extreme implements Consumer<Object> {
    private @Nullable Object best;

    @Nullable Object of(Agent agent) {
      attribute.forEachValue(agent.metadata(), this);
      return best;
    }

    @Override
    public void accept(Object value) {
      Object key = Query.valueKey(value);
      if (key == null) {
        return;
      }
      if (best == null
          || (descending ? Query.compareKeys(key, best) > 0 : Query.compareKeys(key, best) < 0)) {
        best = key;
      }
    }
  }
}

package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/** Finds the first agents of a search without finding all that match. Used once, by one thread. */
final class OrderedReading {

  /*
   * Design
   *
   * Where the attribute has an ordered index, its lists are read in their order, and what the query
   * does not match is left out, until there are enough. An agent with several values counts where it
   * is met first. As in any reading, agents whose slots have changed meanwhile do not count; should
   * one of them be among the first, it is all done again, else those of them that match now are put in
   * their places.
   *
   * If few agents match, going through the order would take longer than finding them and picking out
   * the first, and if there are not enough with a value, those without come in. So does whoever gives
   * up here: null means that somebody else has to find them all.
   */

  private static final int ATTEMPTS = 3;

  /** In the time in which an agent is ordered, so many slots are looked at here. */
  private static final int LOOKS_PER_AGENT = 8;

  private final AgentStore store;
  private final QueryPlanner planner;
  private final Search search;

  OrderedReading(AgentStore store, QueryPlanner planner, Search search) {
    this.store = store;
    this.planner = planner;
    this.search = search;
  }

  /** The first agents; null if it is better to find all. */
  @Nullable List<Agent> find() {
    String attribute = search.orderedBy().orElse(null);
    return attribute == null ? findAny() : findFirst(attribute);
  }

  private @Nullable List<Agent> findAny() {
    Content content = store.content();
    ChangeLog.Mark mark = content.log.mark();
    Step step = new QueryCompiler(content).compile(search.query());
    SlotSet set = step.set();
    if (set == null) {
      return scan();
    }
    if (step.rest() != null) {
      return null;
    }
    SlotList slots = SlotList.of(set, search.limit());
    int count = Math.min(slots.size(), search.limit());
    @Nullable Agent[] agents = content.slots.agents(slots.slots(), count);
    int[] changed = planner.changedSince(content, mark);
    return changed != null && changed.length == 0 ? new FoundAgents(agents, count) : null;
  }

  private List<Agent> scan() {
    List<Agent> some = new ArrayList<>();
    store.any(
        agent -> {
          if (search.query().matches(agent.metadata())) {
            some.add(agent);
          }
          return some.size() == search.limit();
        });
    Agent[] agents = some.toArray(new Agent[0]);
    return new FoundAgents(agents, agents.length);
  }

  private @Nullable List<Agent> findFirst(String attribute) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Content content = store.content();
      ChangeLog.Mark mark = content.log.mark();
      AttributeIndex index = content.indexes().of(attribute);
      ConcurrentNavigableMap<Object, Posting> order = index == null ? null : index.ordered();
      Step step = new QueryCompiler(content).compile(search.query());
      if (order == null) {
        return null;
      }
      IdentityHashMap<Agent, Integer> first = first(content, step, order);
      if (first == null) {
        return null;
      }
      int[] changed = planner.changedSince(content, mark);
      if (changed != null
          && first.values().stream().noneMatch(slot -> Arrays.binarySearch(changed, slot) >= 0)) {
        List<Agent> all = planner.presentlyMatching(content, search.query(), changed);
        all.addAll(first.keySet());
        return search.select(all);
      }
    }
    return null;
  }

  /**
   * The first agents with their slots, in no order; null if there are not enough, or too far off.
   */
  private @Nullable IdentityHashMap<Agent, Integer> first(
      Content content, Step step, ConcurrentNavigableMap<Object, Posting> order) {
    SlotSet set = step.set() == null ? content.live : step.set();
    long looks = LOOKS_PER_AGENT * set.estimate();
    if ((long) search.limit() * content.live.size() > looks * set.estimate()) {
      return null;
    }
    IdentityHashMap<Agent, Integer> first = new IdentityHashMap<>();
    for (Posting list : (search.isDescending() ? order.descendingMap() : order).values()) {
      looks -= list.size();
      if (looks < 0) {
        return null;
      }
      IdentityHashMap<Agent, Integer> group = group(content, list, set, step.rest());
      first.keySet().forEach(group::remove);
      int wanted = search.limit() - first.size();
      search.limit(wanted).select(group.keySet()).forEach(a -> first.put(a, group.get(a)));
      if (first.size() == search.limit()) {
        return first;
      }
    }
    return null;
  }

  /** The agents of one list that match, with their slots. */
  private static IdentityHashMap<Agent, Integer> group(
      Content content, Posting list, SlotSet set, @Nullable Query rest) {
    IdentityHashMap<Agent, Integer> group = new IdentityHashMap<>();
    SlotList slots = SlotList.of(list);
    for (int i = 0; i < slots.size(); i++) {
      int slot = slots.slots()[i];
      if (set.contains(slot)) {
        Agent agent = content.slots.get(slot);
        if (agent != null && (rest == null || rest.matches(agent.metadata()))) {
          group.put(agent, slot);
        }
      }
    }
    return group;
  }
}

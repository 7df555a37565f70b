package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.Search;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers queries. */
final class QueryPlanner {

  /*
   * Design
   *
   * A reading is: mark the change log; see which slots the indexes give; take their agents; ask the
   * change log which slots have changed since the mark. Of those that have not, the indexes were
   * right, and the agent is the one that they spoke of. Those that have are taken out, and asked one
   * by one whether their present agent matches. What no index could tell is then asked of the agents
   * that are left; that may take its time, since agents never change.
   *
   * A reading that took so long that the change log does not know any more is made again, and after a
   * few times all agents are looked at, which needs no log: each is looked at once, by itself.
   */

  private static final int ATTEMPTS = 3;

  /**
   * What a reading gave.
   *
   * @param step how
   * @param found the agents that match
   * @param examined how many were looked at one by one
   */
  record Reading(Step step, List<Agent> found, int examined) {}

  private final AgentStore store;

  QueryPlanner(AgentStore store) {
    this.store = store;
  }

  /** What the indexes gave, before the change log was asked. Used by one thread. */
  static final class Collected {
    private final Content content;
    private final ChangeLog.Mark mark;
    private final Step step;
    private final SlotList slots;
    private final @Nullable Agent[] agents;

    private Collected(Content content, ChangeLog.Mark mark, Step step, SlotSet set) {
      this.content = content;
      this.mark = mark;
      this.step = step;
      slots = SlotList.of(set);
      agents = content.slots.agents(slots.slots(), slots.size());
    }
  }

  List<Agent> find(Query query) {
    return read(query).found();
  }

  Reading read(Query query) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Collected collected = collect(query);
      if (collected == null) {
        break;
      }
      List<Agent> found = confirm(collected);
      if (found != null) {
        return new Reading(collected.step, found, collected.slots.size());
      }
    }
    return scan(query);
  }

  /** The first half of a reading; null if no index helps. */
  @Nullable Collected collect(Query query) {
    Content content = store.content();
    ChangeLog.Mark mark = content.log.mark();
    Step step = new QueryCompiler(content).compile(query);
    SlotSet set = step.set();
    if (set == null) {
      return null;
    }
    return new Collected(content, mark, step, set);
  }

  /** The second half of a reading: the agents that match; null if nobody knows. */
  @Nullable List<Agent> confirm(Collected collected) {
    int[] changed = changedSince(collected.content, collected.mark);
    return changed == null ? null : matching(collected, changed);
  }

  /** Null if nobody knows. */
  int @Nullable [] changedSince(Content content, ChangeLog.Mark mark) {
    int[] changed = content.log.changedSince(mark);
    return store.content() == content ? changed : null;
  }

  private List<Agent> matching(Collected collected, int[] changed) {
    Query rest = collected.step.rest();
    @Nullable Agent[] agents = collected.agents;
    if (changed.length == 0 && rest == null) {
      return new FoundAgents(agents, agents.length);
    }
    for (int slot : changed) {
      int at = collected.slots.indexOf(slot);
      if (at >= 0) {
        agents[at] = null;
      }
    }
    int kept = 0;
    for (Agent agent : agents) {
      if (agent != null && (rest == null || rest.matches(agent.metadata()))) {
        agents[kept++] = agent;
      }
    }
    List<Agent> present = presentlyMatching(collected.content, collected.step.query(), changed);
    if (present.isEmpty()) {
      return new FoundAgents(agents, kept);
    }
    Agent[] all = new Agent[kept + present.size()];
    System.arraycopy(agents, 0, all, 0, kept);
    for (Agent agent : present) {
      all[kept++] = agent;
    }
    return new FoundAgents(all, kept);
  }

  /** The agents of these slots that match at this moment; the list may be changed. */
  List<Agent> presentlyMatching(Content content, Query query, int[] slots) {
    List<Agent> matching = new ArrayList<>();
    for (int slot : slots) {
      Agent agent = store.current(content, slot);
      if (agent != null && query.matches(agent.metadata())) {
        matching.add(agent);
      }
    }
    return matching;
  }

  private Reading scan(Query query) {
    List<Agent> found = new ArrayList<>();
    int[] examined = new int[1];
    store.forEach(
        agent -> {
          examined[0]++;
          if (query.matches(agent.metadata())) {
            found.add(agent);
          }
        });
    Agent[] agents = found.toArray(new Agent[0]);
    return new Reading(Step.scan(query), new FoundAgents(agents, agents.length), examined[0]);
  }

  int count(Query query) {
    Content content = store.content();
    ChangeLog.Mark mark = content.log.mark();
    Step step = new QueryCompiler(content).compile(query);
    SlotSet set = step.set();
    if (set == null) {
      return countAll(query);
    }
    if (step.rest() == null) {
      int count = SlotList.count(set);
      int[] changed = changedSince(content, mark);
      if (changed != null && changed.length == 0) {
        return count;
      }
    }
    return find(query).size();
  }

  private int countAll(Query query) {
    int[] count = new int[1];
    store.forEach(
        agent -> {
          if (query.matches(agent.metadata())) {
            count[0]++;
          }
        });
    return count[0];
  }

  boolean exists(Query query) {
    Content content = store.content();
    ChangeLog.Mark mark = content.log.mark();
    Step step = new QueryCompiler(content).compile(query);
    SlotSet set = step.set();
    if (set == null) {
      return store.any(agent -> query.matches(agent.metadata()));
    }
    SlotList slots = SlotList.of(set, step.rest() == null ? 1 : Integer.MAX_VALUE);
    for (int i = 0; i < slots.size(); i++) {
      Agent agent = store.current(content, slots.slots()[i]);
      if (agent != null && query.matches(agent.metadata())) {
        return true;
      }
    }
    int[] changed = changedSince(content, mark);
    if (changed == null || changed.length > 0) {
      return !find(query).isEmpty();
    }
    return false;
  }

  List<Agent> find(Search search) {
    if (search.limit() == Integer.MAX_VALUE && search.orderedBy().isEmpty()) {
      return find(search.query());
    }
    List<Agent> first = new OrderedReading(store, this, search).find();
    return first == null ? search.select(find(search.query())) : first;
  }

  QueryPlan explain(Query query) {
    Reading reading = read(query);
    boolean looked = reading.step().rest() != null;
    return reading.step().plan(looked ? reading.examined() : 0, reading.found().size());
  }
}

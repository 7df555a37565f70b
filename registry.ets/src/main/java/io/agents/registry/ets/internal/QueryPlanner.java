package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers queries. */
final class QueryPlanner {

  // The posting lists that give the fewest candidates are read, and each candidate is looked at
  // itself: what is
  // returned matched as a whole, in the revision that is returned. Where no index helps, all agents
  // are looked at.
  //
  // One list is enough to find everybody who matches all the time: such an agent is in it all the
  // time. With several
  // lists (a union, or an operand that equals values of more than one type) an update may take an
  // agent from a list
  // that is still to be read to one that was read already. The indexes count such moves; if there
  // was one, the lists
  // are read again, and after a few times all agents are looked at, which misses nobody.

  private static final int ATTEMPTS = 3;

  /** What was found, and how many agents were looked at. */
  private record Answer(List<Agent> agents, int examined) {}

  private final AgentStore store;

  QueryPlanner(AgentStore store) {
    this.store = store;
  }

  List<Agent> find(Query query) {
    return Collections.unmodifiableList(answer(query).agents);
  }

  int count(Query query) {
    return answer(query).agents.size();
  }

  QueryPlan explain(Query query) {
    Optional<CandidateSource> source = CandidateSource.of(query, store.indexes());
    int estimated = source.map(CandidateSource::estimate).orElseGet(store::size);
    Answer answer = answer(query);
    int examined = answer.examined;
    int matched = answer.agents.size();
    if (source.isEmpty()) {
      return new QueryPlan(
          Access.SCAN, query.toString(), "", estimated, examined, matched, List.of());
    }
    CandidateSource root = source.get();
    boolean whole = root.query().equals(query);
    return new QueryPlan(
        whole ? root.access() : Access.FILTER,
        query.toString(),
        whole ? root.index() : "",
        estimated,
        examined,
        matched,
        plans(whole ? root.parts() : List.of(root)));
  }

  /** What the parts give; only the step above looks at agents. */
  private static List<QueryPlan> plans(List<CandidateSource> parts) {
    return parts.stream()
        .map(
            part ->
                new QueryPlan(
                    part.access(),
                    part.query().toString(),
                    part.index(),
                    part.estimate(),
                    0,
                    part.estimate(),
                    plans(part.parts())))
        .toList();
  }

  private Answer answer(Query query) {
    for (int i = 0; i < ATTEMPTS; i++) {
      AttributeIndexes indexes = store.indexes();
      long moves = indexes.moves();
      Optional<CandidateSource> source = CandidateSource.of(query, indexes);
      if (source.isEmpty()) {
        break;
      }
      Answer answer = read(query, source.get());
      if (!source.get().hasSeveralLists() || indexes.moves() == moves) {
        return answer;
      }
    }
    return scan(query);
  }

  private Answer read(Query query, CandidateSource source) {
    List<Agent> matching = new ArrayList<>();
    // An id may stand in several lists.
    Set<String> seen = new HashSet<>();
    boolean several = source.hasSeveralLists();
    int examined = 0;
    for (Set<String> list : source.lists()) {
      for (String id : list) {
        Agent agent = several && !seen.add(id) ? null : store.get(id);
        if (agent != null) {
          examined++;
          if (query.matches(agent.metadata())) {
            matching.add(agent);
          }
        }
      }
    }
    return new Answer(matching, examined);
  }

  private Answer scan(Query query) {
    List<Agent> matching = new ArrayList<>();
    int examined = 0;
    for (Agent agent : store.all()) {
      examined++;
      if (query.matches(agent.metadata())) {
        matching.add(agent);
      }
    }
    return new Answer(matching, examined);
  }
}

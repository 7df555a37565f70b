package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers queries. */
final class QueryPlanner {

  /*
   * Design
   *
   * The posting lists that give the fewest candidates are read, and each candidate is looked at
   * itself: what is returned matched as a whole, in the revision that is returned. Where no index
   * helps, all agents are looked at.
   *
   * Nobody is missed. Somebody who matches all the time is in one of the lists at every moment. If
   * there is only one list, that is enough. With several (a union, or an operand that equals values
   * of more than one type) an update may take an agent from a list that is still to be read to one
   * that was read already. The indexes count such moves; if there was one, the lists are read
   * again, and after a few times all agents are looked at, which misses nobody.
   *
   * Nobody comes twice. An id may stand in several lists, and one that left a list and came back
   * while it was being read may be met again. So ids that were met are remembered, but for the first
   * reading of a single list: there the count of moves tells whether anybody can have come back.
   */

  private static final int ATTEMPTS = 3;

  /** How the matches were found: from these lists, or by looking at all agents. */
  record Reading(Optional<CandidateSource> source, int examined) {}

  private final AgentStore store;

  QueryPlanner(AgentStore store) {
    this.store = store;
  }

  List<Agent> find(Query query) {
    Matches.Collected matches = new Matches.Collected();
    read(query, matches);
    return matches.agents();
  }

  int count(Query query) {
    Matches.Counted matches = new Matches.Counted();
    read(query, matches);
    return matches.size();
  }

  QueryPlan explain(Query query) {
    Matches.Counted matches = new Matches.Counted();
    Reading reading = read(query, matches);
    if (reading.source.isEmpty()) {
      return new QueryPlan(
          Access.SCAN,
          query.toString(),
          "",
          store.size(),
          reading.examined,
          matches.size(),
          List.of());
    }
    CandidateSource source = reading.source.get();
    boolean whole = source.query().equals(query);
    return new QueryPlan(
        whole ? source.access() : Access.FILTER,
        query.toString(),
        whole ? source.index() : "",
        source.estimate(),
        reading.examined,
        matches.size(),
        plans(whole ? source.parts() : List.of(source)));
  }

  /** What the parts give; only the step above looks at agents. */
  private static List<QueryPlan> plans(List<CandidateSource> parts) {
    return parts.stream()
        .map(
            part -> {
              int given = part.estimate();
              return new QueryPlan(
                  part.access(),
                  part.query().toString(),
                  part.index(),
                  given,
                  0,
                  given,
                  plans(part.parts()));
            })
        .toList();
  }

  /** Gives what matches to the one who takes it; nothing is held meanwhile. */
  Reading read(Query query, Matches matches) {
    int examined = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<CandidateSource> found = CandidateSource.of(query, store.indexes());
      if (found.isEmpty()) {
        break;
      }
      CandidateSource source = found.get();
      boolean unwary = source.isSingleList() && attempt == 0;
      long moves = source.moves();
      matches.restart();
      examined += readLists(query, source, unwary ? null : new HashSet<>(), matches);
      if (source.moves() == moves || (source.isSingleList() && !unwary)) {
        return new Reading(found, examined);
      }
    }
    matches.restart();
    return new Reading(Optional.empty(), examined + readAll(query, matches));
  }

  /** How many agents were looked at. Ids that are met are put into {@code met} if there is one. */
  private int readLists(
      Query query, CandidateSource source, @Nullable Set<String> met, Matches matches) {
    int examined = 0;
    for (CandidateSource.PostingList list : source.lists()) {
      for (String id : list.ids()) {
        Agent agent = met == null || met.add(id) ? store.get(id) : null;
        if (agent != null) {
          examined++;
          if (query.matches(agent.metadata())) {
            matches.add(agent);
          }
        }
      }
    }
    return examined;
  }

  private int readAll(Query query, Matches matches) {
    int examined = 0;
    for (Agent agent : store.all()) {
      examined++;
      if (query.matches(agent.metadata())) {
        matches.add(agent);
      }
    }
    return examined;
  }
}

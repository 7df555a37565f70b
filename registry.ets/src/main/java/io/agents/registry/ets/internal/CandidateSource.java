package io.agents.registry.ets.internal;

import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Posting lists that together hold every agent that can match a query.
 *
 * @param access how they are put together
 * @param query the part of the query that they answer
 * @param index the attribute, or empty text for a union
 * @param lists at least one; empty ones among them
 * @param parts what a union is made of
 */
record CandidateSource(
    Access access,
    Query query,
    String index,
    List<PostingList> lists,
    List<CandidateSource> parts) {

  /** One posting list, looked up anew each time: it comes and goes with the agents in it. */
  record PostingList(AttributeIndex index, Object key) {

    /** A live view. */
    Set<String> ids() {
      return index.ids(key);
    }
  }

  /** The source with the fewest candidates, or empty if no index helps. */
  static Optional<CandidateSource> of(Query query, AttributeIndexes indexes) {
    if (query instanceof Query.Comparison comparison) {
      return Optional.ofNullable(indexes.covering(comparison))
          .map(index -> equality(comparison, index));
    }
    if (query instanceof Query.And and) {
      return cheapest(and, indexes);
    }
    if (query instanceof Query.Or or) {
      return union(or, indexes);
    }
    return Optional.empty();
  }

  /** How many candidates there are, some of them perhaps twice. */
  int estimate() {
    long sum = 0;
    for (PostingList list : lists) {
      sum += list.ids().size();
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  boolean isSingleList() {
    return lists.size() == 1;
  }

  /**
   * The moves in all indexes that are read. If it is the same before and after the lists were read,
   * then nobody went from a list that was still to be read to one that had been read.
   */
  long moves() {
    long sum = 0;
    for (PostingList list : lists) {
      sum += list.index.moves();
    }
    return sum;
  }

  private static CandidateSource equality(Query.Comparison comparison, AttributeIndex index) {
    List<PostingList> lists =
        comparison.equalKeys().stream().map(key -> new PostingList(index, key)).toList();
    return new CandidateSource(Access.INDEX, comparison, index.attribute(), lists, List.of());
  }

  private static Optional<CandidateSource> cheapest(Query.And and, AttributeIndexes indexes) {
    CandidateSource best = null;
    for (Query operand : and.operands()) {
      CandidateSource source = of(operand, indexes).orElse(null);
      if (source != null && (best == null || source.estimate() < best.estimate())) {
        best = source;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Only if every operand has an index: else all agents have to be looked at anyway. */
  private static Optional<CandidateSource> union(Query.Or or, AttributeIndexes indexes) {
    List<CandidateSource> parts = new ArrayList<>();
    List<PostingList> lists = new ArrayList<>();
    for (Query operand : or.operands()) {
      Optional<CandidateSource> source = of(operand, indexes);
      if (source.isEmpty()) {
        return Optional.empty();
      }
      parts.add(source.get());
      lists.addAll(source.get().lists);
    }
    return Optional.of(new CandidateSource(Access.UNION, or, "", lists, parts));
  }
}

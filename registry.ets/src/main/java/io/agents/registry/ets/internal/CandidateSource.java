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
 * @param lists live views; empty ones among them
 * @param parts what a union is made of
 */
record CandidateSource(
    Access access,
    Query query,
    String index,
    List<Set<String>> lists,
    List<CandidateSource> parts) {

  /** The source with the fewest candidates, or empty if no index helps. */
  static Optional<CandidateSource> of(Query query, AttributeIndexes indexes) {
    if (query instanceof Query.Comparison comparison && indexes.covers(comparison)) {
      return Optional.of(equality(comparison, indexes));
    }
    if (query instanceof Query.And and) {
      return cheapest(and, indexes);
    }
    if (query instanceof Query.Or or) {
      return union(or, indexes);
    }
    return Optional.empty();
  }

  int estimate() {
    int sum = 0;
    for (Set<String> list : lists) {
      sum += list.size();
    }
    return sum;
  }

  boolean hasSeveralLists() {
    return lists.size() > 1;
  }

  private static CandidateSource equality(Query.Comparison comparison, AttributeIndexes indexes) {
    String attribute = comparison.attribute();
    List<Set<String>> lists =
        comparison.equalKeys().stream().map(key -> indexes.list(attribute, key)).toList();
    return new CandidateSource(Access.INDEX, comparison, attribute, lists, List.of());
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
    List<Set<String>> lists = new ArrayList<>();
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

package io.agents.registry.ets.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how indexes answer a query. Used once, by one thread, between the marks of a reading.
 */
final class QueryCompiler {

  /*
   * Design
   *
   * Every condition on an indexed attribute has an exact answer in the index, since what is true of a
   * value is true of its key: an equality has the lists of its keys, presence has a list, a range has
   * the lists between two keys if the index is ordered, and any other condition has the lists of the
   * keys for which it holds. Exact answers are intersected, united, and taken out of the agents that
   * are there (not). A conjunction needs an answer for one of its parts only; the rest is asked of
   * the candidates. A disjunction needs one for all.
   *
   * Costs are what the lists hold at this moment. What is cheap to find out (equality, presence) is
   * found out first. Keys are gone through only as long as that is less work than to look at the
   * agents that are left, which are those of the smallest list found so far.
   */

  /** Lists that are merged before they are read; fewer are asked one by one. */
  private static final int MERGED = 8;

  /** So many agents are merged in the time in which one is looked at. */
  private static final int MERGED_PER_LOOK = 30;

  private final AttributeIndexes indexes;
  private final SlotBits live;

  QueryCompiler(Content content) {
    this.indexes = content.indexes();
    this.live = content.live;
  }

  Step compile(Query query) {
    return compile(query, live.size());
  }

  /**
   * Compiles a part.
   *
   * @param candidates how many agents have to be looked at if no index helps
   */
  private Step compile(Query query, long candidates) {
    if (query instanceof Query.AttributeQuery condition) {
      AttributeIndex index = indexes.of(condition.attribute());
      SlotSet set = index == null ? null : set(condition, index, candidates);
      return set == null ? Step.scan(query) : Step.index(query, condition.attribute(), set);
    }
    if (query instanceof Query.And and) {
      return conjunction(and, candidates);
    }
    if (query instanceof Query.Or or) {
      return disjunction(or, candidates);
    }
    return negation((Query.Not) query, candidates);
  }

  private @Nullable SlotSet set(
      Query.AttributeQuery condition, AttributeIndex index, long candidates) {
    if (condition instanceof Query.Present) {
      return index.present();
    }
    if (isEquality(condition)) {
      return equality((Query.Comparison) condition, index);
    }
    List<Posting> lists = new ArrayList<>();
    KeyRange range = KeyRange.of(condition, index);
    boolean found =
        range == null
            ? collect(index.lists(), condition, lists, candidates)
            : collect(range.numbers(), lists, candidates)
                && collect(range.texts(), lists, candidates);
    return found ? union(lists) : null;
  }

  private static boolean isEquality(Query query) {
    return query instanceof Query.Comparison comparison
        && comparison.operator() == Query.Operator.EQUAL;
  }

  private static SlotSet equality(Query.Comparison comparison, AttributeIndex index) {
    Set<Object> keys = comparison.equalKeys();
    if (keys.size() == 1) {
      Posting list = index.list(keys.iterator().next());
      return list == null ? new Posting() : list;
    }
    List<Posting> lists = new ArrayList<>();
    for (Object key : keys) {
      Posting list = index.list(key);
      if (list != null) {
        lists.add(list);
      }
    }
    return union(lists);
  }

  private static SlotSet union(List<Posting> lists) {
    if (lists.size() == 1) {
      return lists.get(0);
    }
    return lists.size() > MERGED ? new MergedSet(lists) : new UnionSet(lists);
  }

  /** Collects the lists of a range; false if they are not worth it. */
  private static boolean collect(Collection<Posting> range, List<Posting> lists, long candidates) {
    long agents = 0;
    for (Posting list : range) {
      agents += list.size();
      lists.add(list);
      if (agents > MERGED_PER_LOOK * candidates) {
        return false;
      }
    }
    return true;
  }

  /** Collects the lists of the keys for which the condition holds; false if it is not worth it. */
  private static boolean collect(
      Map<Object, Posting> all,
      Query.AttributeQuery condition,
      List<Posting> lists,
      long candidates) {
    int keys = 0;
    long agents = 0;
    for (Map.Entry<Object, Posting> list : all.entrySet()) {
      if (++keys > candidates) {
        return false;
      }
      if (condition.matchesValue(list.getKey())) {
        agents += list.getValue().size();
        lists.add(list.getValue());
        if (agents > MERGED_PER_LOOK * candidates) {
          return false;
        }
      }
    }
    return true;
  }

  private Step conjunction(Query.And and, long candidates) {
    List<Step> usable = new ArrayList<>();
    List<Query> rest = new ArrayList<>();
    long least = candidates;
    for (int pass = 0; pass < 2; pass++) {
      for (Query operand : and.operands()) {
        if (isCheap(operand) == (pass == 0)) {
          Step step = compile(operand, least);
          if (step.rest() != null) {
            rest.add(step.rest());
          }
          if (step.set() != null) {
            usable.add(step);
            least = Math.min(least, step.set().estimate());
          }
        }
      }
    }
    if (usable.isEmpty()) {
      return Step.scan(and);
    }
    if (rest.isEmpty()) {
      return intersection(and, usable);
    }
    List<Step> parts = usable.stream().map(QueryCompiler::candidates).toList();
    Step found = parts.size() == 1 ? parts.get(0) : intersection(allOf(parts), parts);
    return Step.filtered(and, found, rest.size() == 1 ? rest.get(0) : Query.allOf(rest));
  }

  private static Step intersection(Query query, List<Step> parts) {
    List<SlotSet> sets = new ArrayList<>();
    parts.forEach(part -> sets.add(requireNonNull(part.set())));
    SlotSet set = sets.size() == 1 ? sets.get(0) : new IntersectionSet(sets);
    return Step.combined(Access.INTERSECTION, query, set, parts);
  }

  private static Query allOf(List<Step> parts) {
    return Query.allOf(parts.stream().map(Step::query).toList());
  }

  /** The step without its filter, which is the business of a step further up. */
  private static Step candidates(Step step) {
    return step.access() == Access.FILTER ? step.parts().get(0) : step;
  }

  /** Whether its index can be asked without going through keys. */
  private static boolean isCheap(Query query) {
    if (query instanceof Query.Composite composite) {
      return composite.operands().stream().allMatch(QueryCompiler::isCheap);
    }
    if (query instanceof Query.Not not) {
      return isCheap(not.operand());
    }
    return isEquality(query) || query instanceof Query.Present;
  }

  private Step disjunction(Query.Or or, long candidates) {
    List<Step> parts = new ArrayList<>();
    List<Posting> lists = new ArrayList<>();
    boolean exact = true;
    for (Query operand : or.operands()) {
      Step step = compile(operand, candidates);
      if (step.set() == null) {
        return Step.scan(or);
      }
      exact &= step.rest() == null;
      parts.add(candidates(step));
      if (step.set() instanceof Posting list) {
        lists.add(list);
      }
    }
    SlotSet set =
        lists.size() == parts.size()
            ? union(lists)
            : new UnionSet(parts.stream().map(part -> requireNonNull(part.set())).toList());
    Step union = Step.combined(Access.UNION, or, set, parts);
    return exact ? union : Step.filtered(or, union, or);
  }

  private Step negation(Query.Not not, long candidates) {
    Step operand = compile(not.operand(), candidates);
    if (operand.set() == null || operand.rest() != null) {
      return Step.scan(not);
    }
    SlotSet set = new ComplementSet(live, operand.set());
    return Step.combined(Access.DIFFERENCE, not, set, List.of(operand));
  }
}

package io.agents.registry.ets.internal;

import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.QueryPlan.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a part of a query is answered.
 *
 * @param access how the agents are found
 * @param query the part of the query
 * @param index the attribute whose index is used, or empty text
 * @param set the slots of all agents that match, and perhaps of others; null if no index helps
 * @param rest what the agents of the set have to be asked for; null if all of them match
 * @param parts the steps that the set is made of
 */
record Step(
    Access access,
    Query query,
    String index,
    @Nullable SlotSet set,
    @Nullable Query rest,
    List<Step> parts) {

  /** All agents have to be asked for the query. */
  static Step scan(Query query) {
    return new Step(Access.SCAN, query, "", null, query, List.of());
  }

  /** The index of an attribute gives exactly the agents that match. */
  static Step index(Query query, String attribute, SlotSet set) {
    return new Step(Access.INDEX, query, attribute, set, null, List.of());
  }

  /** The parts together give exactly the agents that match. */
  static Step combined(Access access, Query query, SlotSet set, List<Step> parts) {
    return new Step(access, query, "", set, null, parts);
  }

  /** The agents that a step gives have to be asked for the rest. */
  static Step filtered(Query query, Step candidates, Query rest) {
    return new Step(Access.FILTER, query, "", candidates.set, rest, List.of(candidates));
  }

  /** The plan, if so many agents were looked at and matched. */
  QueryPlan plan(int examined, int matched) {
    return new QueryPlan(
        access,
        query.toString(),
        index,
        set == null ? examined : (int) Math.min(set.estimate(), Integer.MAX_VALUE),
        examined,
        matched,
        parts.stream().map(Step::planOfPart).toList());
  }

  /** What a part gives; only the root looks at agents. */
  private QueryPlan planOfPart() {
    return plan(0, set == null ? 0 : SlotList.count(set));
  }
}

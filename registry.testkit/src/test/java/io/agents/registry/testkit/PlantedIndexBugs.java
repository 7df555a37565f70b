package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Backends that are broken in one place each, in their indexes. */
final class PlantedIndexBugs {

  private PlantedIndexBugs() {}

  static List<PlantedBug<BackendUnderTest>> all() {
    return List.of(
        PlantedBug.inBackend(
            "B3.2",
            "stale index: an update adds new values to nothing",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    synchronized (lock) {
                      requireOwner(agent);
                      return expected.isSameVersionAs(agents.get(agent.id()))
                          && agents.put(agent.id(), agent) != null;
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B3.2",
            "an update forgets the other agents of the value",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void forget(Agent agent) {
                    index
                        .values()
                        .forEach(
                            postings ->
                                postings.values().removeIf(ids -> ids.contains(agent.id())));
                  }
                }),
        PlantedBug.inBackend(
            "B3.3",
            "a removed agent stays in the index",
            () ->
                new ReferenceBackend(true) {
                  private final Set<Agent> removed = new LinkedHashSet<>();

                  @Override
                  public boolean remove(Agent expected) {
                    removed.add(expected);
                    return super.remove(expected);
                  }

                  @Override
                  public List<Agent> query(Query query) {
                    List<Agent> found = new ArrayList<>(super.query(query));
                    removed.stream()
                        .filter(a -> candidates(query).isPresent() && query.matches(a.metadata()))
                        .forEach(found::add);
                    return List.copyOf(found);
                  }
                }),
        PlantedBug.inBackend(
            "B3.4",
            "explain tells the estimate as the result",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public QueryPlan explain(Query query) {
                    QueryPlan plan = super.explain(query);
                    return new QueryPlan(
                        plan.access(),
                        plan.filter(),
                        plan.index(),
                        plan.estimated(),
                        plan.examined(),
                        plan.estimated(),
                        plan.parts());
                  }
                }),
        PlantedBug.inBackend(
            "B3.5",
            "explain scans in spite of the index",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public QueryPlan explain(Query query) {
                    return new QueryPlan(
                        QueryPlan.Access.SCAN,
                        query.toString(),
                        "",
                        size(),
                        size(),
                        query(query).size(),
                        List.of());
                  }
                }),
        PlantedBug.inBackend(
            "B3.6",
            "explain hides the scan",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public QueryPlan explain(Query query) {
                    QueryPlan plan = super.explain(query);
                    return new QueryPlan(
                        plan.access(),
                        plan.filter(),
                        plan.index(),
                        plan.estimated(),
                        0,
                        plan.matched(),
                        plan.parts());
                  }
                }),
        PlantedBug.inBackend(
            "B3.7",
            "a conjunction uses no index",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public QueryPlan explain(Query query) {
                    return query instanceof Query.And
                        ? new QueryPlan(
                            QueryPlan.Access.SCAN,
                            query.toString(),
                            "",
                            size(),
                            size(),
                            query(query).size(),
                            List.of())
                        : super.explain(query);
                  }
                }));
  }
}

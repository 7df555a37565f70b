package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Backends that are broken in one place each, in their reads. */
final class PlantedReadBugs {

  private PlantedReadBugs() {}

  static List<PlantedBug<BackendUnderTest>> all() {
    return List.of(
        PlantedBug.inBackend(
            "B2.11",
            "the limit cuts before the order is made",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public List<Agent> find(Search search) {
                    List<Agent> some =
                        query(search.query()).stream().limit(search.limit()).toList();
                    return search.select(some);
                  }
                }),
        PlantedBug.inBackend(
            "B2.12",
            "whoever is there exists",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean exists(Query query) {
                    return size() > 0;
                  }
                }),
        PlantedBug.inBackend(
            "B2.1",
            "ids are looked up in any case",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public Agent lookup(String id) {
                    return super.lookup(id.toLowerCase(java.util.Locale.ROOT));
                  }
                }),
        PlantedBug.inBackend(
            "B2.2",
            "size counts refused puts",
            () ->
                new ReferenceBackend(true) {
                  private int puts;

                  @Override
                  public Agent putIfAbsent(Agent agent) {
                    puts++;
                    return super.putIfAbsent(agent);
                  }

                  @Override
                  public int size() {
                    return Math.max(puts, super.size());
                  }
                }),
        PlantedBug.inBackend(
            "B2.4",
            "forEach holds the lock",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public void forEach(Consumer<? super Agent> action) {
                    synchronized (lock) {
                      List.copyOf(agents.values()).forEach(action);
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B2.5",
            "not is answered without agents that lack the attribute",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public List<Agent> query(Query query) {
                    return super.query(query).stream()
                        .filter(a -> !(query instanceof Query.Not) || !a.metadata().isEmpty())
                        .toList();
                  }
                }),
        PlantedBug.inBackend(
            "B2.6",
            "the index keeps numbers by their type",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  Object indexKey(Object value) {
                    return value;
                  }
                }),
        PlantedBug.inBackend(
            "B2.7",
            "lists can be changed",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public List<Agent> query(Query query) {
                    return new ArrayList<>(super.query(query));
                  }
                }),
        PlantedBug.inBackend(
            "B2.8",
            "count trusts the index",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public int count(Query query) {
                    return candidates(query).map(Set::size).orElseGet(() -> super.count(query));
                  }
                }),
        PlantedBug.inBackend(
            "B2.10",
            "parts of an or are joined",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public List<Agent> query(Query query) {
                    return query instanceof Query.Or or
                        ? or.operands().stream()
                            .flatMap(part -> super.query(part).stream())
                            .toList()
                        : super.query(query);
                  }
                }));
  }
}

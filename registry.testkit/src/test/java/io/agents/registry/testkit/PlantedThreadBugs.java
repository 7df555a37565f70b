package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Backends that are broken in one place each, in their what threads see. */
final class PlantedThreadBugs {

  private PlantedThreadBugs() {}

  static List<PlantedBug<BackendUnderTest>> all() {
    return List.of(
        PlantedBug.inBackend(
            "B5.1",
            "candidates of the index are not looked at again",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public List<Agent> query(Query query) {
                    List<Agent> candidates = super.query(query);
                    PlantedBug.letOthersIn();
                    return candidates.stream().map(agent -> lookup(agent.id())).toList();
                  }
                }),
        PlantedBug.inBackend(
            "B5.2",
            "an update leaves the index before it comes back",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    if (!expected.isSameVersionAs(lookup(agent.id()))) {
                      return false;
                    }
                    synchronized (lock) {
                      forget(expected);
                    }
                    PlantedBug.letOthersIn();
                    synchronized (lock) {
                      store(agent);
                    }
                    return true;
                  }
                }),
        PlantedBug.inBackend(
            "B5.3",
            "iteration sees an agent before and after its update",
            () ->
                new ReferenceBackend(true) {
                  private volatile Agent latest;

                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    latest = expected;
                    return super.replace(expected, agent);
                  }

                  @Override
                  public void forEach(Consumer<? super Agent> action) {
                    Agent before = latest;
                    super.forEach(action);
                    if (before != null) {
                      action.accept(before);
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B5.4",
            "replace is a remove and a put",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    if (!super.remove(expected)) {
                      return false;
                    }
                    PlantedBug.letOthersIn();
                    return putIfAbsent(agent) == null;
                  }
                }),
        PlantedBug.inBackend(
            "B5.5",
            "lookups are cached",
            () ->
                new ReferenceBackend(true) {
                  private int reads;
                  private Agent cached;

                  @Override
                  public synchronized Agent lookup(String id) {
                    if (reads++ % 100 == 0) {
                      cached = super.lookup(id);
                    }
                    return cached;
                  }
                }),
        PlantedBug.inBackend(
            "B5.6",
            "writers of different ids overwrite each other",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public Agent putIfAbsent(Agent agent) {
                    Map<String, Agent> copy;
                    synchronized (lock) {
                      copy = new HashMap<>(agents);
                    }
                    Agent holder = copy.putIfAbsent(agent.id(), agent);
                    if (holder == null) {
                      PlantedBug.letOthersIn();
                      synchronized (lock) {
                        store(agent);
                        agents.clear();
                        agents.putAll(copy);
                      }
                    }
                    return holder;
                  }
                }),
        PlantedBug.inBackend(
            "B5.7",
            "putIfAbsent checks, then stores",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public Agent putIfAbsent(Agent agent) {
                    Agent holder = lookup(agent.id());
                    if (holder == null) {
                      PlantedBug.letOthersIn();
                      synchronized (lock) {
                        store(agent);
                      }
                    }
                    return holder;
                  }
                }),
        PlantedBug.inBackend(
            "B5.8",
            "every hundredth agent stays in the index",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void forget(Agent agent) {
                    if (agent.registration() % 100 != 0) {
                      super.forget(agent);
                    }
                  }

                  @Override
                  public int count(Query query) {
                    return candidates(query)
                        .map(Set::size)
                        .filter(n -> query instanceof Query.Comparison)
                        .orElseGet(() -> super.count(query));
                  }
                }),
        PlantedBug.inBackend(
            "B5.9",
            "a deactivated backend throws",
            () ->
                new ReferenceBackend(true) {
                  private boolean ended;

                  @Override
                  void deactivate() {
                    ended = true;
                  }

                  @Override
                  public Agent lookup(String id) {
                    if (ended) {
                      throw new IllegalStateException("deactivated");
                    }
                    return super.lookup(id);
                  }
                }));
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import java.util.List;

/** Backends that are broken in one place each, in their writes. */
final class PlantedWriteBugs {

  private PlantedWriteBugs() {}

  static List<PlantedBug<BackendUnderTest>> all() {
    return List.of(
        PlantedBug.inBackend(
            "B1.1",
            "not empty at first",
            () -> {
              ReferenceBackend backend = new ReferenceBackend(true);
              backend.putIfAbsent(new Fixtures(new FakeOwners()).agent("left over"));
              return backend;
            }),
        PlantedBug.inBackend(
            "B1.3",
            "putIfAbsent overwrites",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public Agent putIfAbsent(Agent agent) {
                    Agent holder = lookup(agent.id());
                    store(agent);
                    return holder;
                  }
                }),
        PlantedBug.inBackend(
            "B1.5",
            "lost update: replace does not look at the version",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    Agent present = lookup(expected.id());
                    return present != null && super.replace(present, agent);
                  }
                }),
        PlantedBug.inBackend(
            "B1.5",
            "replace puts where nothing is",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    return lookup(expected.id()) == null
                        ? putIfAbsent(agent) == null
                        : super.replace(expected, agent);
                  }
                }),
        PlantedBug.inBackend(
            "B1.8",
            "remove does not look at the version",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean remove(Agent expected) {
                    Agent present = lookup(expected.id());
                    return present != null && super.remove(present);
                  }
                }),
        PlantedBug.inBackend(
            "B1.9",
            "versions are compared by equals",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean remove(Agent expected) {
                    return expected.equals(lookup(expected.id())) && super.remove(expected);
                  }
                }),
        PlantedBug.inBackend(
            "B1.10",
            "clear forgets the index",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public void clear() {
                    synchronized (lock) {
                      agents.clear();
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B1.11",
            "revisions are kept as int",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void store(Agent a) {
                    super.store(
                        new Agent(
                            a.id(),
                            a.service(),
                            a.owner(),
                            a.registrar(),
                            a.metadata(),
                            a.registration(),
                            (int) a.revision(),
                            a.registeredAtMillis()));
                  }
                }));
  }
}

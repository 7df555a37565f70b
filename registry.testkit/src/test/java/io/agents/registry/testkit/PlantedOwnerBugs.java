package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.OwnerGoneHandler;
import io.agents.registry.spi.OwnerMonitoring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;

/** Backends that are broken in one place each, in their owners. */
final class PlantedOwnerBugs {

  private PlantedOwnerBugs() {}

  static List<PlantedBug<BackendUnderTest>> all() {
    return List.of(
        PlantedBug.inBackend(
            "B4.1",
            "a service that is gone is accepted",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void requireOwner(Agent agent) {}
                }),
        PlantedBug.inBackend(
            "B4.2",
            "replace takes away before it looks at the owner",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public boolean replace(Agent expected, Agent agent) {
                    synchronized (lock) {
                      return super.remove(expected) && putIfAbsent(agent) == null;
                    }
                  }
                }),
        onGoing(
            "B4.3",
            "one agent a service is removed",
            backend ->
                service ->
                    agentsOf(backend, service).stream()
                        .limit(1)
                        .forEach(backend::removeRegistration)),
        onGoing(
            "B4.4",
            "all agents of the bundle are removed",
            backend ->
                service ->
                    backend.query(BackendReads.EVERYBODY).stream()
                        .filter(a -> a.owner().equals(service.getBundle()))
                        .forEach(backend::removeRegistration)),
        onGoing(
            "B4.5",
            "removed first, told then",
            backend ->
                service -> {
                  for (Agent agent : agentsOf(backend, service)) {
                    Agent removed = backend.removeRegistration(agent);
                    tell(backend.handler, agent, () -> removed);
                  }
                }),
        onGoing(
            "B4.6",
            "the removal tells what was told before",
            backend ->
                service -> {
                  for (Agent agent : agentsOf(backend, service)) {
                    tell(
                        backend.handler,
                        agent,
                        () -> {
                          backend.removeRegistration(agent);
                          return agent;
                        });
                  }
                }),
        onGoing(
            "B4.7",
            "the removal takes the same revision alone",
            backend ->
                service -> {
                  for (Agent agent : agentsOf(backend, service)) {
                    tell(backend.handler, agent, () -> backend.remove(agent) ? agent : null);
                  }
                }),
        onGoing(
            "B4.8",
            "the removal takes whatever has the id",
            backend ->
                service -> {
                  for (Agent agent : agentsOf(backend, service)) {
                    tell(
                        backend.handler,
                        agent,
                        () -> {
                          Agent present = backend.lookup(agent.id());
                          return present != null && backend.remove(present) ? present : null;
                        });
                  }
                }),
        PlantedBug.inBackend(
            "B4.9",
            "the handler is called under the lock",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void serviceGoing(ServiceReference<?> service) {
                    synchronized (lock) {
                      super.serviceGoing(service);
                    }
                  }
                }),
        onGoing(
            "B4.10",
            "without a handler nothing is removed",
            backend ->
                service -> {
                  for (Agent agent : agentsOf(backend, service)) {
                    if (backend.handler != null) {
                      backend.handler.ownerGone(agent, () -> backend.removeRegistration(agent));
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B4.11",
            "an id stays with the service that had it first",
            () ->
                new ReferenceBackend(true) {
                  private final List<Agent> first = new ArrayList<>();

                  @Override
                  public Agent putIfAbsent(Agent agent) {
                    first.add(agent);
                    return super.putIfAbsent(agent);
                  }

                  @Override
                  void serviceGoing(ServiceReference<?> service) {
                    first.stream()
                        .filter(a -> a.service().equals(service))
                        .forEach(
                            a -> {
                              Agent present = lookup(a.id());
                              if (present != null) {
                                tell(handler, present, () -> removeRegistration(present));
                              }
                            });
                    super.serviceGoing(service);
                  }
                }),
        PlantedBug.inBackend(
            "B4.12",
            "bundles are counted as services",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public OwnerMonitoring monitoring() {
                    return new OwnerMonitoring(
                        super.monitoring().services(), super.monitoring().services());
                  }
                }),
        PlantedBug.inBackend(
            "B4.13",
            "monitors are never dropped",
            () ->
                new ReferenceBackend(true) {
                  private final Set<ServiceReference<?>> watched = new HashSet<>();

                  @Override
                  void store(Agent agent) {
                    watched.add(agent.service());
                    super.store(agent);
                  }

                  @Override
                  public OwnerMonitoring monitoring() {
                    synchronized (lock) {
                      return new OwnerMonitoring(watched.size(), watched.size());
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B4.14",
            "only getBundle is asked whether an owner is there",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  void requireOwner(Agent agent) {
                    if (agent.isOwnerGone()) {
                      throw new OwnerGoneException(agent.id(), agent.service());
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B4.16",
            "the first handler stays",
            () ->
                new ReferenceBackend(true) {
                  @Override
                  public void setOwnerGoneHandler(OwnerGoneHandler changed) {
                    super.setOwnerGoneHandler(handler == null ? changed : handler);
                  }
                }),
        PlantedBug.inBackend(
            "B4.20",
            "a backend that does not monitor says it does",
            () ->
                new ReferenceBackend(false) {
                  @Override
                  public OwnerMonitoring monitoring() {
                    return new OwnerMonitoring(size(), 1);
                  }
                }),
        PlantedBug.inBackend(
            "B4.21",
            "a backend that does not monitor refuses the dead",
            () ->
                new ReferenceBackend(false) {
                  @Override
                  void requireOwner(Agent agent) {
                    if (agent.isOwnerGone()) {
                      throw new OwnerGoneException(agent.id(), agent.service());
                    }
                  }
                }),
        PlantedBug.inBackend(
            "B4.22",
            "a backend that does not monitor tells of removals",
            () ->
                new ReferenceBackend(false) {
                  @Override
                  public boolean remove(Agent expected) {
                    handler.ownerGone(expected, () -> expected);
                    return super.remove(expected);
                  }
                }));
  }

  /** A backend that differs in what it does when a service goes. */
  private static PlantedBug<BackendUnderTest> onGoing(
      String rule, String bug, Function<ReferenceBackend, Consumer<ServiceReference<?>>> going) {
    return PlantedBug.inBackend(
        rule,
        bug,
        () ->
            new ReferenceBackend(true) {
              @Override
              void serviceGoing(ServiceReference<?> service) {
                going.apply(this).accept(service);
              }
            });
  }

  private static List<Agent> agentsOf(ReferenceBackend backend, ServiceReference<?> service) {
    synchronized (backend.lock) {
      return backend.agents.values().stream().filter(a -> a.service().equals(service)).toList();
    }
  }

  private static void tell(OwnerGoneHandler handler, Agent agent, Supplier<Agent> removal) {
    if (handler != null) {
      handler.ownerGone(agent, removal);
    }
  }
}

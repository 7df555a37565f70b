package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Registries that are broken in one place each. */
final class PlantedRegistryBugs {

  private PlantedRegistryBugs() {}

  private static ReferenceBackend backend() {
    return new ReferenceBackend(true);
  }

  static List<PlantedBug<RegistryUnderTest>> all() {
    return List.of(
        PlantedBug.inRegistry(
            "R1.3",
            "numbers come twice",
            () ->
                new ReferenceRegistry(backend()) {
                  private long calls;

                  @Override
                  long nextNumber() {
                    return ++calls / 2 + 1;
                  }
                }),
        PlantedBug.inRegistry(
            "R1.4",
            "register replaces",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent register(Bundle caller, RegistrationRequest request, boolean replace) {
                    return super.register(caller, request, true);
                  }
                }),
        PlantedBug.inRegistry(
            "R1.9",
            "registerAll stops in the middle",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  List<Agent> registerAll(Bundle caller, Collection<RegistrationRequest> requests) {
                    List<Agent> agents = new ArrayList<>();
                    requests.forEach(request -> agents.add(register(caller, request, false)));
                    return agents;
                  }
                }),
        PlantedBug.inRegistry(
            "R3.4",
            "the expected revision is not looked at",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent update(
                      Bundle caller,
                      String id,
                      Map<String, ?> changed,
                      Long expected,
                      Long registration) {
                    return super.update(caller, id, changed, null, registration);
                  }
                }),
        PlantedBug.inRegistry(
            "R3.6",
            "updates are read, then written",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent update(
                      Bundle caller,
                      String id,
                      Map<String, ?> changed,
                      Long expected,
                      Long registration) {
                    Agent present = backend.lookup(id);
                    Agent next = Fixtures.updated(present, changed);
                    PlantedBug.letOthersIn();
                    synchronized (lock) {
                      backend.replace(backend.lookup(id), next);
                    }
                    return next;
                  }
                }),
        PlantedBug.inRegistry(
            "R4.4",
            "close ends whatever has the id",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void close(String id, long registration) {
                    unregister(null, id);
                  }
                }),
        PlantedBug.inRegistry(
            "R4.8",
            "a handle updates whatever has the id",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent update(
                      Bundle caller,
                      String id,
                      Map<String, ?> changed,
                      Long expected,
                      Long registration) {
                    return super.update(
                        registration == null ? caller : null, id, changed, expected, null);
                  }
                }),
        PlantedBug.inRegistry(
            "R6.29",
            "the depth of queries is not looked at",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Query checked(Query query) {
                    return query;
                  }
                }),
        PlantedBug.inRegistry(
            "R7.3",
            "owners are not monitored",
            () ->
                new ReferenceRegistry(
                    new ReferenceBackend(true) {
                      @Override
                      void serviceGoing(ServiceReference<?> service) {}
                    })),
        PlantedBug.inRegistry(
            "R7.8",
            "the dead go although nobody looks",
            () ->
                new ReferenceRegistry(
                    new ReferenceBackend(false) {
                      @Override
                      void serviceGoing(ServiceReference<?> service) {
                        agents.values().removeIf(a -> a.service().equals(service));
                      }
                    })),
        PlantedBug.inRegistry(
            "R8.2",
            "everybody may change everything",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void requireMayChange(Bundle caller, Agent agent) {}
                }),
        PlantedBug.inRegistry(
            "R8.1",
            "the registrar may not change",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void requireMayChange(Bundle caller, Agent agent) {
                    if (caller != null && !caller.equals(agent.owner())) {
                      throw new NotOwnerException(agent.id(), agent.owner(), caller);
                    }
                  }
                }),
        PlantedBug.inRegistry(
            "R10.5",
            "updates do not carry the agent before",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void tell(RegistryEvent.Type type, Agent agent, Agent previous, Reason reason) {
                    super.tell(type, agent, null, reason);
                  }
                }),
        PlantedBug.inRegistry(
            "R10.16",
            "a refused registration is told",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent register(Bundle caller, RegistrationRequest request, boolean replace) {
                    try {
                      return super.register(caller, request, replace);
                    } catch (AgentAlreadyRegisteredException e) {
                      tell(RegistryEvent.Type.REGISTERED, e.holder(), null, null);
                      throw e;
                    }
                  }
                }),
        PlantedBug.inRegistry(
            "R10.7",
            "a replacement is told as an update",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void tell(RegistryEvent.Type type, Agent agent, Agent previous, Reason reason) {
                    super.tell(
                        reason == Reason.REPLACED ? RegistryEvent.Type.UPDATED : type,
                        agent,
                        previous,
                        reason);
                  }
                }),
        PlantedBug.inRegistry(
            "R13.1",
            "ids may have control characters",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  void requireId(String id) {
                    super.requireId(id == null ? null : id.replaceAll("\\p{Cntrl}", "x"));
                  }
                }),
        PlantedBug.inRegistry(
            "C5",
            "a replacement is an end and a beginning",
            () ->
                new ReferenceRegistry(backend()) {
                  @Override
                  Agent register(Bundle caller, RegistrationRequest request, boolean replace) {
                    if (replace) {
                      unregister(caller, request.id());
                      PlantedBug.letOthersIn();
                    }
                    return super.register(caller, request, false);
                  }
                }));
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import io.agents.registry.api.RegistrationRequest;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.StaleRevisionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A registry that is plainly right: one lock over everything, no swaps. The methods are the
 * operations of all bundles; {@link ReferenceFace} adds who calls. Open to the variants in {@link
 * PlantedRegistryBugs}.
 */
class ReferenceRegistry {

  final ReferenceBackend backend;
  final ReferenceListeners listeners = new ReferenceListeners();
  final Object lock = new Object();
  private long number;

  ReferenceRegistry(ReferenceBackend backend) {
    this.backend = backend;
    backend.setOwnerGoneHandler(
        (agent, removal) -> {
          synchronized (lock) {
            Agent removed = removal.get();
            if (removed != null) {
              tell(RegistryEvent.Type.UNREGISTERED, removed, null, Reason.OWNER_GONE);
            }
          }
        });
  }

  Agent register(Bundle caller, RegistrationRequest request, boolean replace) {
    require(request != null, "a request is null");
    requireId(request.id());
    require(request.service() != null, "the service is null");
    Metadata metadata = Metadata.copyOf(request.metadata());
    synchronized (lock) {
      String id = request.id();
      ServiceReference<?> service = request.service();
      Agent holder = backend.lookup(id);
      if (holder != null && !holder.isOwnerGone()) {
        if (!replace) {
          throw new AgentAlreadyRegisteredException(holder);
        }
        requireMayChange(caller, holder);
      }
      Bundle owner = service.getBundle();
      if (owner == null) {
        throw new OwnerGoneException(id, service);
      }
      Bundle registrar = caller == null ? owner : caller;
      Agent agent =
          new Agent(
              id, service, owner, registrar, metadata, nextNumber(), 1, System.currentTimeMillis());
      if (holder == null) {
        backend.putIfAbsent(agent);
      } else {
        backend.replace(holder, agent);
        tell(RegistryEvent.Type.UNREGISTERED, holder, null, Reason.REPLACED);
      }
      tell(RegistryEvent.Type.REGISTERED, agent, null, null);
      return agent;
    }
  }

  long nextNumber() {
    return ++number;
  }

  List<Agent> registerAll(Bundle caller, Collection<RegistrationRequest> requests) {
    require(requests != null, "the requests are null");
    synchronized (lock) {
      List<RegistrationRequest> all = new ArrayList<>(requests);
      Set<String> ids = new HashSet<>();
      for (RegistrationRequest request : all) {
        require(request != null, "a request is null");
        require(ids.add(request.id()), "the id " + request.id() + " is there twice");
      }
      List<Agent> agents = new ArrayList<>();
      try {
        all.forEach(request -> agents.add(register(caller, request, false)));
      } catch (RuntimeException e) {
        agents.forEach(agent -> backend.remove(agent));
        throw e;
      }
      return agents;
    }
  }

  Agent update(Bundle caller, String id, Map<String, ?> changed, Long expected, Long registration) {
    require(id != null, "the id is null");
    Metadata metadata = Metadata.copyOf(changed);
    synchronized (lock) {
      Agent present = backend.lookup(id);
      if (present == null) {
        throw new AgentNotFoundException(id);
      }
      if (registration != null && present.registration() != registration) {
        throw new AgentNotFoundException(id, registration);
      }
      if (registration == null) {
        requireMayChange(caller, present);
      }
      if (expected != null && present.revision() != expected) {
        throw new StaleRevisionException(id, expected, present.revision());
      }
      if (present.isOwnerGone()) {
        throw new OwnerGoneException(id, present.service());
      }
      Agent next = present.withMetadata(metadata);
      backend.replace(present, next);
      tell(RegistryEvent.Type.UPDATED, next, present, null);
      return next;
    }
  }

  boolean unregister(Bundle caller, String id) {
    require(id != null, "the id is null");
    synchronized (lock) {
      Agent present = backend.lookup(id);
      if (present == null) {
        return false;
      }
      requireMayChange(caller, present);
      backend.remove(present);
      tell(RegistryEvent.Type.UNREGISTERED, present, null, Reason.ASKED);
      return true;
    }
  }

  void close(String id, long registration) {
    synchronized (lock) {
      Agent present = backend.lookup(id);
      if (present != null && present.registration() == registration) {
        unregister(null, id);
      }
    }
  }

  Query checked(Query query) {
    require(query != null, "the query is null");
    int limit = QueryLimits.DEFAULT.maxDepth();
    if (query.depth() > limit) {
      throw new InvalidQueryException(
          query.toString(), 0, "a query of at most " + limit + " levels");
    }
    return query;
  }

  void tell(RegistryEvent.Type type, Agent agent, Agent previous, Reason reason) {
    listeners.tell(type, agent, Optional.ofNullable(previous), Optional.ofNullable(reason));
  }

  void requireMayChange(Bundle caller, Agent agent) {
    if (caller != null && !caller.equals(agent.owner()) && !caller.equals(agent.registrar())) {
      throw new NotOwnerException(agent.id(), agent.owner(), caller);
    }
  }

  void requireId(String id) {
    int limit = AgentRegistry.DEFAULT_MAX_ID_LENGTH;
    require(id != null && !id.isEmpty(), "the id is null or empty");
    require(
        id.length() <= limit, "the id has " + id.length() + " characters; allowed are " + limit);
    require(id.chars().noneMatch(Character::isISOControl), "the id has control characters");
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}

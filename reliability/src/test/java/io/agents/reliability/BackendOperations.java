package io.agents.reliability;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.FakeOwners;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * What is done to a backend, by several threads at once: two ids, and two services that have agents
 * under each. Writers of one id take turns, as the registry makes them do, and the ends of agents
 * whose owners go take turns with them; readers wait for nobody. What an operation returns is
 * compared with what a plain map would have returned in some order of the operations.
 */
@Param(name = "id", gen = IntGen.class, conf = "0:1")
@Param(name = "owner", gen = IntGen.class, conf = "0:1")
@Param(name = "revision", gen = IntGen.class, conf = "1:2")
public abstract class BackendOperations {

  static final int OWNERS = 2;

  private static final Metadata FIRST = Metadata.copyOf(Map.of("node", "first"));
  private static final Metadata NEXT = Metadata.copyOf(Map.of("node", "next"));

  final FakeOwners owners;
  final Bundle bundle;
  private final ServiceReference<?>[] services = new ServiceReference<?>[2 * OWNERS];
  private final AtomicLong registrations = new AtomicLong();
  private final Object[] locks = {new Object(), new Object()};
  private RegistryBackend backend;

  BackendOperations(FakeOwners owners) {
    this.owners = owners;
    bundle = owners.newBundle();
    for (int i = 0; i < services.length; i++) {
      services[i] = owners.newService(bundle, Map.of());
    }
  }

  void open(RegistryBackend opened) {
    backend = opened;
    backend.setOwnerGoneHandler(this::ended);
  }

  ServiceReference<?> service(int id, int owner) {
    return services[OWNERS * id + owner];
  }

  private Agent newAgent(int id, int owner) {
    long registration = registrations.incrementAndGet();
    return new Agent(
        "id-" + id, service(id, owner), bundle, bundle, FIRST, registration, 1, registration);
  }

  private String described(int id, Agent agent) {
    if (agent == null) {
      return "none";
    }
    int owner = agent.service().equals(service(id, 0)) ? 0 : 1;
    return "owner " + owner + " revision " + agent.revision();
  }

  /** Registers if the id is free. */
  @Operation(params = {"id", "owner"})
  public String put(int id, int owner) {
    synchronized (locks[id]) {
      try {
        Agent holder = backend.putIfAbsent(newAgent(id, owner));
        return holder == null ? "stored" : described(id, holder);
      } catch (OwnerGoneException e) {
        return refused(id, owner);
      }
    }
  }

  /** Takes over from whoever is there. */
  @Operation(params = {"id", "owner"})
  public String replace(int id, int owner) {
    synchronized (locks[id]) {
      Agent holder = backend.lookup("id-" + id);
      if (holder == null) {
        return "not replaced";
      }
      try {
        return backend.replace(holder, newAgent(id, owner)) ? "replaced" : "lost";
      } catch (OwnerGoneException e) {
        refused(id, owner);
        return "not replaced";
      }
    }
  }

  /** Updates with an expected revision. */
  @Operation(params = {"id", "revision"})
  public String update(int id, int revision) {
    synchronized (locks[id]) {
      Agent holder = backend.lookup("id-" + id);
      if (holder == null) {
        return "none";
      }
      Agent next = holder.withMetadata(NEXT);
      try {
        if (holder.revision() != revision) {
          return "stale, " + described(id, holder);
        }
        return backend.replace(holder, next) ? described(id, next) : "lost";
      } catch (OwnerGoneException e) {
        backend.remove(holder);
        return "none";
      }
    }
  }

  /** Looks an agent up; waits for nobody. */
  @Operation(params = "id")
  public String lookup(int id) {
    return described(id, backend.lookup("id-" + id));
  }

  /** Unregisters. */
  @Operation(params = "id")
  public String remove(int id) {
    synchronized (locks[id]) {
      Agent holder = backend.lookup("id-" + id);
      if (holder == null) {
        return "none";
      }
      return backend.remove(holder) ? "removed" : "lost";
    }
  }

  /** The end of an agent whose owner goes, in turn with the writes of its id. */
  final void ended(Agent agent, Supplier<Agent> removal) {
    synchronized (locks[agent.id().equals("id-0") ? 0 : 1]) {
      Agent removed = removal.get();
      if (removed != null && removed.registration() != agent.registration()) {
        throw new IllegalStateException(removed + " was removed instead of " + agent);
      }
    }
  }

  /**
   * Who is refused because the owner is just going sees to it that it has gone: else the refusal
   * would come before the end that it tells of.
   */
  private String refused(int id, int owner) {
    Agent holder = backend.lookup("id-" + id);
    if (holder != null && holder.service().equals(service(id, owner))) {
      backend.remove(holder);
    }
    return "refused";
  }
}

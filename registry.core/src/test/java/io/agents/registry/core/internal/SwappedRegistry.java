package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.MetadataLimits;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.SwapReport;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.FakeOwners;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * The operations of the registry over two plain backends, for Lincheck, with the swap among them.
 * Two ids and two owners are named by numbers. Public, as Lincheck makes instances of it.
 */
@Param(name = "id", gen = IntGen.class, conf = "0:1")
@Param(name = "owner", gen = IntGen.class, conf = "0:1")
@Param(name = "revision", gen = IntGen.class, conf = "1:2")
public class SwappedRegistry {

  private static final FakeOwners OWNERS = new FakeOwners();
  private static final List<Bundle> BUNDLES = List.of(OWNERS.newBundle(), OWNERS.newBundle());
  private static final List<ServiceReference<?>> SERVICES =
      List.of(OWNERS.newService(BUNDLES.get(0)), OWNERS.newService(BUNDLES.get(1)));
  private static final List<Metadata> METADATA =
      List.of(
          Metadata.copyOf(Map.of("owner", 0), MetadataLimits.DEFAULT),
          Metadata.copyOf(Map.of("owner", 1), MetadataLimits.DEFAULT));

  /** Refuses to replace anybody. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final TakeOver OF_NOBODY =
      holder -> {
        throw new Refused();
      };

  final NamedBackend[] backends = {
    new NamedBackend("first", new PlainStore()), new NamedBackend("second", new PlainStore())
  };
  private final WriteLocks locks = new WriteLocks(2);
  final Routing routing = new Routing(Route.startingAt(backends[0]));
  private final Quotas quotas = new Quotas(routing, locks);
  private final Changes changes =
      new Changes(new EventHub(() -> Settings.DEFAULT, routing, locks), quotas);
  private final Writes writes = new Writes(routing, locks, changes, quotas, 0);
  final HandOver handOver = new HandOver(routing, locks, changes, new SwapLog(() -> 1));

  /** Registers; false if the id is in use. */
  @Operation
  public boolean register(@Param(name = "id") int id, @Param(name = "owner") int owner) {
    try {
      writes.register(request(id, owner), OF_NOBODY);
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  /** Registers, whoever holds the id. */
  @Operation
  public void replace(@Param(name = "id") int id, @Param(name = "owner") int owner) {
    writes.register(request(id, owner), holder -> {});
  }

  /** Updates an agent of this owner; gives the new revision, or why it was refused. */
  @Operation
  public String update(
      @Param(name = "id") int id,
      @Param(name = "owner") int owner,
      @Param(name = "revision") int revision) {
    try {
      Consumer<Agent> expected =
          agent -> {
            if (agent.revision() != revision) {
              throw new Refused();
            }
          };
      Agent after =
          writes.update(
              name(id),
              METADATA.get(owner),
              agent -> {
                if (!isOf(agent, owner)) {
                  throw new AgentNotFoundException(name(id));
                }
              },
              expected);
      return "revision " + after.revision();
    } catch (AgentNotFoundException e) {
      return "not found";
    } catch (Refused e) {
      return "stale";
    }
  }

  /** Removes an agent of this owner. */
  @Operation
  public boolean unregister(@Param(name = "id") int id, @Param(name = "owner") int owner) {
    return writes.remove(name(id), agent -> isOf(agent, owner), Reason.ASKED) != null;
  }

  /** Whose the agent is, and in what revision. */
  @Operation
  public String lookup(@Param(name = "id") int id) {
    Agent agent = routing.lookup(name(id));
    return agent == null ? "none" : SERVICES.indexOf(agent.service()) + " at " + agent.revision();
  }

  /** A backend that monitors tells of each agent of an owner that goes. So do both. */
  @Operation
  public void ownerGone(@Param(name = "id") int id, @Param(name = "owner") int owner) {
    for (NamedBackend backend : backends) {
      Agent agent = backend.backend().lookup(name(id));
      if (agent != null && isOf(agent, owner)) {
        new OwnerRemoval(backend.backend(), routing, locks, changes)
            .ownerGone(agent, () -> removeRegistration(backend.backend(), agent));
      }
    }
  }

  /** Hands over to the backend that is not active. */
  @Operation(nonParallelGroup = "swap")
  public String swap() {
    boolean first = routing.route().active() == backends[0].backend();
    SwapReport report = handOver.to(backends[first ? 1 : 0]);
    return report.outcome() + report.reason();
  }

  private static Agent removeRegistration(RegistryBackend backend, Agent agent) {
    Agent held = backend.lookup(agent.id());
    while (held != null && held.registration() == agent.registration()) {
      if (backend.remove(held)) {
        return held;
      }
      held = backend.lookup(agent.id());
    }
    return null;
  }

  private static boolean isOf(Agent agent, int owner) {
    return agent.service() == SERVICES.get(owner);
  }

  private static NewAgent request(int id, int owner) {
    Bundle bundle = BUNDLES.get(owner);
    return new NewAgent(name(id), SERVICES.get(owner), bundle, bundle, METADATA.get(owner));
  }

  private static String name(int id) {
    return id == 0 ? "a" : "b";
  }
}

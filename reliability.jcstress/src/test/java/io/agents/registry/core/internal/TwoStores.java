package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.testkit.FakeOwners;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The heart of the registry, with one store active and another one to hand over to. */
final class TwoStores {

  static final String ID = "agent";

  private static final ServiceReference<?> SERVICE = new FakeOwners().newService();
  private static final Bundle BUNDLE = SERVICE.getBundle();
  private static final Metadata IDLE = metadata("0");

  /** Nobody listens, so all can share it. */
  private static final EventHub HUB =
      new EventHub(
          () -> Settings.DEFAULT,
          new Routing(Route.startingAt(new NamedBackend("none", new PlainStore()))),
          new WriteLocks());

  final NamedBackend first = new NamedBackend("first", new PlainStore());
  final NamedBackend second = new NamedBackend("second", new PlainStore());
  final Routing routing = new Routing(Route.startingAt(first));

  private final WriteLocks locks = new WriteLocks();
  private final Quotas quotas = new Quotas(routing, locks);
  private final Changes changes = new Changes(HUB, quotas);
  private final Writes writes = new Writes(routing, locks, changes, quotas, 0);
  private final HandOver handOver = new HandOver(routing, locks, changes, new SwapLog(() -> 1));

  static TwoStores empty() {
    return new TwoStores();
  }

  /** With one agent at revision 1. */
  static TwoStores withAgent() {
    TwoStores stores = new TwoStores();
    stores.register(ID);
    return stores;
  }

  void handOver() {
    handOver.to(second);
  }

  void handBack() {
    handOver.to(first);
  }

  void register(String id) {
    writes.register(request(id, IDLE), TakeOver.OF_THE_DEAD);
  }

  /** Whether it was accepted: 1 or 0. */
  int register(String id, String status) {
    try {
      writes.register(request(id, metadata(status)), TakeOver.OF_THE_DEAD);
      return 1;
    } catch (AgentAlreadyRegisteredException e) {
      return 0;
    }
  }

  /** Whether they were accepted: 1 or 0. */
  int registerAll(String... ids) {
    try {
      writes.registerAll(
          Stream.of(ids).map(id -> request(id, IDLE)).toList(), TakeOver.OF_THE_DEAD);
      return 1;
    } catch (AgentAlreadyRegisteredException e) {
      return 0;
    }
  }

  void update() {
    writes.update(ID, IDLE, agent -> {}, agent -> {});
  }

  void remove() {
    writes.remove(ID, agent -> true, Reason.ASKED);
  }

  /** The revision that a lookup finds; 0 if it finds nothing. */
  long revision() {
    Agent agent = routing.lookup(ID);
    return agent == null ? 0 : agent.revision();
  }

  String status(String id) {
    return (String) routing.lookup(id).metadata().get("status");
  }

  private static NewAgent request(String id, Metadata metadata) {
    return new NewAgent(id, SERVICE, BUNDLE, BUNDLE, metadata);
  }

  private static Metadata metadata(String status) {
    return Metadata.copyOf(Map.of("status", status));
  }
}

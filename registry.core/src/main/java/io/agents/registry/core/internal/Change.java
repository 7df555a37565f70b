package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one agent: an event that has no number yet.
 *
 * @param type what happened
 * @param agent the agent after it; for a going as it was last
 * @param previous for an update the agent before; else null
 * @param reason for a going why; else null
 */
record Change(
    RegistryEvent.Type type, Agent agent, @Nullable Agent previous, @Nullable Reason reason) {

  static Change registered(Agent agent) {
    return new Change(RegistryEvent.Type.REGISTERED, agent, null, null);
  }

  static Change updated(Agent before, Agent after) {
    return new Change(RegistryEvent.Type.UPDATED, after, before, null);
  }

  static Change unregistered(Agent agent, Reason reason) {
    return new Change(RegistryEvent.Type.UNREGISTERED, agent, null, reason);
  }

  /** Whether the agent passes the filter, or did before. */
  boolean concerns(Predicate<Agent> filter) {
    return filter.test(agent) || (previous != null && filter.test(previous));
  }

  /** What stands under the id after this. */
  Optional<Agent> outcome() {
    return type == RegistryEvent.Type.UNREGISTERED ? Optional.empty() : Optional.of(agent);
  }

  RegistryEvent numbered(long number) {
    return new RegistryEvent(
        number, type, agent, Optional.ofNullable(previous), Optional.ofNullable(reason));
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The agents that one registration may replace, by id, each known by its registration. Whether they
 * may be replaced was found out before any lock was taken; it holds for good, since a registration
 * keeps its owner and its registrar, and an owner that is gone does not come back.
 */
record Holders(Map<String, Long> replaceable) {

  /** Nobody may be replaced, for nobody was asked about yet. */
  static final Holders NONE = new Holders(Map.of());

  /** Exactly these. */
  static Holders of(Collection<Agent> agents) {
    if (agents.isEmpty()) {
      return NONE;
    }
    Map<String, Long> registrations = new HashMap<>();
    agents.forEach(agent -> registrations.put(agent.id(), agent.registration()));
    return new Holders(registrations);
  }

  /** These, and one more, in the place of another one of the same id. */
  Holders with(Agent agent) {
    Map<String, Long> more = new HashMap<>(replaceable);
    more.put(agent.id(), agent.registration());
    return new Holders(more);
  }

  /**
   * Lets pass who may be replaced.
   *
   * @throws NewHolderException if nobody has asked about this registration yet
   */
  void require(Agent holder) {
    Long registration = replaceable.get(holder.id());
    if (registration == null || registration != holder.registration()) {
      throw new NewHolderException(holder);
    }
  }
}

package io.agents.registry.api;

import java.util.Objects;
import java.util.Optional;

/**
 * One change of one agent.
 *
 * @param number the number of this event for the listener that gets it: one more than that of the
 *     event before; a gap is never silent, see {@link RegistryListener#missed}
 * @param type what happened
 * @param agent the agent as it is after the event; for {@link Type#UNREGISTERED} as it was last
 * @param previous for {@link Type#UPDATED} the agent before; else empty
 * @param reason for {@link Type#UNREGISTERED} why; else empty
 */
public record RegistryEvent(
    long number, Type type, Agent agent, Optional<Agent> previous, Optional<Reason> reason) {

  /** What happened to an agent. */
  public enum Type {
    /** The agent is new. */
    REGISTERED,
    /** Its metadata changed. */
    UPDATED,
    /** It is gone. */
    UNREGISTERED
  }

  /** Why an agent is gone. */
  public enum Reason {
    /** Somebody unregistered it. */
    ASKED,
    /** Another registration took its id over. */
    REPLACED,
    /** Its service was unregistered, mostly because its bundle stopped. */
    OWNER_GONE
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null
   */
  public RegistryEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(reason, "reason");
  }
}

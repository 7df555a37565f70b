package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.NotOwnerException;

/**
 * Under what conditions a registration takes its id over. Asks the framework, so it is called
 * without locks; what it has allowed once stays allowed for that registration, see {@link Holders}.
 */
interface TakeOver {

  /** Only from a holder whose owner is gone. */
  TakeOver OF_THE_DEAD =
      holder -> {
        if (!holder.isOwnerGone()) {
          throw new AgentAlreadyRegisteredException(holder);
        }
      };

  /** From a holder whose owner is gone, and from one that the caller may change. */
  static TakeOver by(Caller caller) {
    return holder -> {
      if (!caller.mayChange(holder) && !holder.isOwnerGone()) {
        throw new NotOwnerException(holder.id(), holder.owner(), caller.bundle());
      }
    };
  }

  /** Throws if this agent must stay. */
  void requireReplaceable(Agent holder);
}

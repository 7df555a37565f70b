package io.agents.registry.spi;

import io.agents.registry.api.Agent;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Puts the removals that a backend makes on its own, because an owner went, in order with all other
 * writes of the same id. The registry implements it.
 */
@ProviderType
public interface OwnerGoneHandler {

  /**
   * Runs a removal at a moment when no other write of the same id is under way.
   *
   * <p>To be called by the backend for each agent of an owner that is going, on the thread that
   * brings the news, under no lock of the backend.
   *
   * @param agent the agent, as the backend holds it
   * @param removal removes from the backend whatever is left of this agent's registration (never a
   *     newer registration of the same id, but any revision of this one) and returns the agent that
   *     it removed, or null; run exactly once, before this method returns
   */
  void ownerGone(Agent agent, Supplier<Agent> removal);
}

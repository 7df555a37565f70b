package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.List;

/**
 * What a registry begins with.
 *
 * @param agents the agents that are there already, each with another id
 * @param lastRegistration the number that was given to a registration last; at least the highest of
 *     those agents
 */
record Estate(List<Agent> agents, long lastRegistration) {

  /** Of the first registry in a framework. */
  static final Estate NONE = new Estate(List.of(), 0);
}

package io.agents.registry.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of changes; registered as a service.
 *
 * <p>A listener first gets the agents that are there, then every later change, numbered, with no
 * gap and nothing twice; changes of one id come in their order. An exchange of the backend is not
 * seen as going and coming. All methods of one listener are called one after the other, by a thread
 * of the registry that holds no lock, after the fact: the registry may be called from here.
 *
 * <p>A listener that throws, or is slow, harms nobody: it is logged, and what it missed is counted
 * and told to it.
 */
@ConsumerType
public interface RegistryListener {

  /**
   * A service property of a listener: a filter as {@link Query#parse(String)} reads it. The
   * listener is then told of agents that match, and of updates by which an agent begins or ceases
   * to match. Without it, of all.
   */
  String FILTER = "agent.filter";

  /**
   * The topic prefix of the same events in EventAdmin, followed by the name of the {@link
   * RegistryEvent.Type}.
   */
  String EVENT_TOPIC_PREFIX = "io/agents/registry/Agent/";

  /**
   * Tells what is there, once, before any change; and again, for a new start, after {@link
   * #missed}.
   *
   * @param agents the agents that match the filter; can't be changed
   */
  default void present(List<Agent> agents) {}

  /**
   * Tells of a change.
   *
   * @param event what happened
   */
  void changed(RegistryEvent event);

  /**
   * Tells that events were dropped because this listener was too slow, or failed. What is there is
   * told anew right after, by {@link #present}.
   *
   * @param events how many events were dropped since this was last told
   */
  default void missed(long events) {}
}

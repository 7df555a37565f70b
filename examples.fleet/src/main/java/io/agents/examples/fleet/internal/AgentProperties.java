package io.agents.examples.fleet.internal;

import io.agents.registry.api.AgentRegistry;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Makes the service of a component an agent: the elements become the service properties {@code
 * agent.id}, {@code agent.capability}, {@code agent.health_status} and so on, which the registry
 * reads. (In the name of an element Declarative Services takes {@code _} for a dot and {@code __}
 * for an underscore.)
 */
@ComponentPropertyType
@SuppressWarnings("MemberName") // The names are those of the properties.
@interface AgentProperties {

  /** What the names of all properties begin with. */
  String PREFIX_ = AgentRegistry.AGENT_PROPERTY_PREFIX;

  /** The name of the agent in the registry. */
  String id();

  /** What it can do; an agent is found by each of them. */
  String[] capability();

  /** Whether it should be asked: healthy, degraded or unhealthy. */
  String health__status() default Health.HEALTHY;

  /** The node that it lives on. */
  String node();

  /** Its memory, in megabytes. */
  int resources_memory();

  /** Its share of processors. */
  double resources_cpu();
}

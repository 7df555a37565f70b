package io.agents.registry.flags.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code io.agents.registry.selector}. */
@ObjectClassDefinition(
    name = "Agent registry: node",
    description =
        "The name of this node, by which flags that are on for a share of the nodes are evaluated.")
public @interface NodeConfiguration {

  /**
   * The key {@code node.name}.
   *
   * @return the name of this node; empty for the framework property or the host's name
   */
  @AttributeDefinition(
      name = "Name of the node",
      description =
          "Empty: the framework property io.agents.node.name, else the environment variable HOSTNAME, else the name"
              + " of the host.",
      required = false)
  String node_name() default "";

  /**
   * The key {@code flag.source}.
   *
   * @return the name of the flags elsewhere that decide the registry's flag where it is not
   *     configured; empty for none
   */
  @AttributeDefinition(
      name = "Source of the registry's flag",
      description =
          "The flags elsewhere, such as openfeature, whose answer counts while use_ets_agent_registry is not configured."
              + " Empty: none.",
      required = false)
  String flag_source() default "";
}

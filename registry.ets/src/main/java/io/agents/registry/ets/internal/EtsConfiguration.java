package io.agents.registry.ets.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes the configuration to tools; {@link IndexSettings} reads it. */
@ObjectClassDefinition(
    name = "Agent registry: backend ets",
    description =
        "What the backend ets keeps indexes for. A change takes effect while the registry runs.")
@interface EtsConfiguration {

  /** The attributes to index. */
  @AttributeDefinition(
      name = "Indexed attributes",
      description =
          "Names or paths of metadata, such as capability or resources.memory. A query for a value of one of them "
              + "looks only at the agents that have it. Each costs memory for every agent that has the attribute.")
  String[] indexed_attributes() default {"capability", "health_status", "node"};
}

package io.agents.registry.flags.openfeature.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code io.agents.registry.flags.openfeature}. */
@ObjectClassDefinition(
    name = "Agent registry: OpenFeature",
    description = "How the feature flags and OpenFeature know each other.")
public @interface OpenFeatureConfiguration {

  /**
   * The key {@code default.provider}.
   *
   * @return whether the flags become the default provider where there is none
   */
  @AttributeDefinition(
      name = "Default provider",
      description = "Whether the flags become OpenFeature's default provider where there is none.")
  boolean default_provider() default true;

  /**
   * The key {@code domain}.
   *
   * @return whose provider is asked for the registry's flag; empty for the default one
   */
  @AttributeDefinition(
      name = "Domain",
      description =
          "The domain whose provider is asked for the registry's flag. Empty: the default provider.",
      required = false)
  String domain() default "";
}

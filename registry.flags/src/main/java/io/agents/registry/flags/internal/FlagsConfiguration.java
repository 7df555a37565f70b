package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The flags that come with the registry, for configuration tools. Those of others are in the PID
 * too; what is in it is read by {@link FlagStore}.
 */
@ObjectClassDefinition(
    pid = FeatureFlags.PID,
    name = "Agent registry: feature flags",
    description =
        "A flag is on, off, or on for a percentage from 0 to 100, with at most two decimals, such"
            + " as 12.5%. A change takes effect while the registry runs.")
@interface FlagsConfiguration {

  /** Who serves. */
  @AttributeDefinition(
      name = "Serve by ets",
      required = false,
      description =
          "on: the backend ets serves; off: legacy. A percentage: ets on that share of the nodes.")
  String use__ets__agent__registry() default "off";

  /** Shadow. */
  @AttributeDefinition(
      name = "Shadow by ets",
      required = false,
      description = "on: while legacy serves, ets is kept in step and compared. No percentage.")
  String shadow__ets__agent__registry() default "off";

  /** Done. */
  @AttributeDefinition(
      name = "Retire legacy",
      required = false,
      description =
          "on: while ets serves everywhere, legacy is no longer kept in step. No percentage.")
  String retire__legacy__agent__registry() default "off";

  /** No way back. */
  @AttributeDefinition(
      name = "Enforce no legacy",
      required = false,
      description = "on, in stage done alone: going back to legacy is refused. No percentage.")
  String enforce__no__legacy__registry() default "off";

  /** The guard. */
  @AttributeDefinition(
      name = "Watch the rollout",
      required = false,
      description = "on: the guard of the rollout watches; off: it does not.")
  String enable__migration__monitoring() default "on";
}

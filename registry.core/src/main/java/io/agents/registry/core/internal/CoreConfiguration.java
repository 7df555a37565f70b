package io.agents.registry.core.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of the PID {@code io.agents.registry.core}, for configuration tools. */
@ObjectClassDefinition(
    name = "Agent registry",
    description =
        "Which backend stores the agents, and the limits of what the registry accepts. Changes take"
            + " effect at once; agents that are registered already are not checked again.")
@interface CoreConfiguration {

  /** Chooses the backend. */
  @AttributeDefinition(
      name = "Target filter of the backend",
      required = false,
      description =
          "An OSGi filter on the services of backends, such as (registry.implementation=ets). A change"
              + " hands all agents over while the registry is in use. A filter that matches nothing"
              + " leaves the present backend where it is. If registry.flags is installed, it writes"
              + " this property. If it is not set, any backend will do.")
  String backend_target() default "";

  /** Chooses services. */
  @AttributeDefinition(
      name = "Services that are agents too",
      required = false,
      description =
          "An OSGi filter on the properties of services, such as (objectClass=*). The services that it"
              + " chooses are agents, beside those that have an agent.id: under the id service- and"
              + " the number of the service, with their properties as metadata. If it is not set, only"
              + " services with an agent.id are agents.")
  String whiteboard_filter() default "";

  /** The longest id. */
  @AttributeDefinition(
      name = "Longest id",
      min = "1",
      max = "65536",
      required = false,
      description = "How long the id of an agent may be, in characters.")
  int id_max_length() default 256;

  /** The deepest metadata. */
  @AttributeDefinition(
      name = "Deepest metadata",
      min = "1",
      max = "32",
      required = false,
      description =
          "How deep maps, lists and sets may be nested in the metadata of an agent, in levels; the"
              + " metadata itself is level 1.")
  int metadata_max_depth() default 8;

  /** The largest metadata. */
  @AttributeDefinition(
      name = "Largest metadata",
      min = "1",
      max = "1000000",
      required = false,
      description =
          "How many values the metadata of an agent may hold in all. Every entry of a map and every"
              + " element of a list or set is a value.")
  int metadata_max_values() default 1_000;

  /** The deepest query. */
  @AttributeDefinition(
      name = "Deepest query",
      min = "1",
      max = "250",
      required = false,
      description =
          "How deep the operators of a query may be nested, in levels; a single comparison is level 1.")
  int query_max_depth() default 50;

  /** The longest filter. */
  @AttributeDefinition(
      name = "Longest filter",
      min = "1",
      max = "1048576",
      required = false,
      description = "How long the text of a query may be, in characters.")
  int query_max_length() default 65_536;

  /** How many events may wait. */
  @AttributeDefinition(
      name = "Events waiting for a listener",
      min = "1",
      max = "1000000",
      required = false,
      description =
          "How many events may wait for one listener. One that is slower misses events; it is told how"
              + " many, and what is there, as soon as it has caught up.")
  int listener_queue_size() default 10_000;

  /** How many reports are kept. */
  @AttributeDefinition(
      name = "Reports of swaps",
      min = "1",
      max = "10000",
      required = false,
      description = "Of how many exchanges of the backend a report is kept.")
  int swaps_kept() default 100;

  /** The most agents. */
  @AttributeDefinition(
      name = "Agents",
      min = "1",
      max = "2147483647",
      required = false,
      description =
          "How many agents may be registered at a time. A registration over it is refused. A quota"
              + " lower than the number of agents removes none. If it is not set, there is no quota.")
  int agents_max();

  /** The most agents of one owner. */
  @AttributeDefinition(
      name = "Agents of an owner",
      min = "1",
      max = "2147483647",
      required = false,
      description =
          "How many agents of one bundle may be registered at a time. If it is not set, there is no"
              + " such quota.")
  int agents_max_per_owner();

  /** The standing mirror. */
  @AttributeDefinition(
      name = "Mirror",
      required = false,
      description =
          "The implementation that is kept in step with the active one, such as legacy. It is filled"
              + " and compared once, and gets every write from then on, so that a change of the target"
              + " filter to it is one instant. If one change of the configuration names the former"
              + " active one here, the two change roles. Empty for none.")
  String mirror_implementation() default "";

  /** The share of reads that are compared. */
  @AttributeDefinition(
      name = "Compared reads",
      required = false,
      description =
          "The share of reads that are done on the mirror too, and compared, off the caller's path, in"
              + " percent: from 0 to 100 with at most two decimals.")
  String comparison_percent() default "0";

  /** How many reads are compared in a second. */
  @AttributeDefinition(
      name = "Most comparisons in a second",
      min = "1",
      max = "1000000",
      required = false,
      description =
          "How many reads are compared in a second at most. Once there were as many, none is chosen"
              + " until there is room again.")
  int comparison_max_per_second() default 10_000;

  /** Whether calls are measured. */
  @AttributeDefinition(
      name = "Measured calls",
      required = false,
      description =
          "Whether the calls of the registry are measured: their number, their failures, and the time"
              + " that a sample of them takes.")
  boolean measure_calls() default true;

  /** How long a backend may take to be filled. */
  @AttributeDefinition(
      name = "Longest filling",
      min = "1",
      max = "86400000",
      required = false,
      description =
          "How long it may take to fill a backend, in milliseconds. One that takes longer is given up,"
              + " and is not used again until its bundle was restarted; the active one serves on.")
  int handover_timeout() default 60_000;
}

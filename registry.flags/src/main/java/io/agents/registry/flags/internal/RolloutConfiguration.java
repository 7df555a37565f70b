package io.agents.registry.flags.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code io.agents.registry.rollout}, for configuration tools. */
@ObjectClassDefinition(
    name = "Agent registry: rollout",
    description = "What the guard of the rollout goes by, and when the next stage is ready.")
@interface RolloutConfiguration {

  /** Share of reads compared. */
  @AttributeDefinition(
      name = "Share of reads compared",
      min = "0",
      max = "100",
      required = false,
      description =
          "How many percent of the reads are run on both implementations and compared, in the stages shadow, partial and full.")
  double comparison_percent() default 1;

  /** First share of nodes. */
  @AttributeDefinition(
      name = "First share of nodes",
      min = "0.01",
      max = "100",
      required = false,
      description =
          "The share of the nodes, in percent, that the stage partial begins with where the command names none.")
  double step_percent() default 10;

  /** Soak time. */
  @AttributeDefinition(
      name = "Soak time",
      min = "0",
      max = "525600",
      required = false,
      description = "How long the stage full is to be kept before done is ready, in minutes.")
  int soak_minutes() default 1440;

  /** Window of the guard. */
  @AttributeDefinition(
      name = "Window of the guard",
      min = "1",
      max = "3600",
      required = false,
      description = "The sliding window of errors and latencies, in seconds.")
  int guard_window_seconds() default 10;

  /** Errors. */
  @AttributeDefinition(
      name = "Errors",
      min = "0",
      max = "100",
      required = false,
      description = "Errors over this share of the calls in the window roll back, in percent.")
  double guard_errors_percent() default 5;

  /** Least calls for errors. */
  @AttributeDefinition(
      name = "Least calls for errors",
      min = "1",
      max = "1000000000",
      required = false,
      description = "With fewer calls in the window errors are not judged.")
  int guard_errors_min_calls() default 100;

  /** Latency, as a multiple. */
  @AttributeDefinition(
      name = "Latency, as a multiple",
      min = "1",
      max = "1000",
      required = false,
      description =
          "A 99th percentile over this many times the baseline rolls back, if it is over the floor too.")
  double guard_latency_factor() default 2;

  /** Latency, floor. */
  @AttributeDefinition(
      name = "Latency, floor",
      min = "0",
      max = "60000",
      required = false,
      description = "A 99th percentile up to this time never rolls back, in milliseconds.")
  double guard_latency_floor_ms() default 1;

  /** Least calls for latencies. */
  @AttributeDefinition(
      name = "Least calls for latencies",
      min = "1",
      max = "1000000000",
      required = false,
      description = "With fewer calls of an operation in the window its latency is not judged.")
  int guard_latency_min_calls() default 50;

  /** Mismatches. */
  @AttributeDefinition(
      name = "Mismatches",
      min = "1",
      max = "1000000000",
      required = false,
      description = "This many unexplained differences in the stages partial and full roll back.")
  int guard_mismatches() default 1;

  /** Least comparisons. */
  @AttributeDefinition(
      name = "Least comparisons",
      min = "1",
      max = "1000000000",
      required = false,
      description = "With fewer comparisons differences are not judged.")
  int guard_mismatches_min_compared() default 1;

  /** Failed swaps. */
  @AttributeDefinition(
      name = "Failed swaps",
      min = "1",
      max = "1000",
      required = false,
      description =
          "This many abandoned exchanges of the implementation within a minute roll back.")
  int guard_failed_swaps() default 3;

  /** Comparisons to be ready. */
  @AttributeDefinition(
      name = "Comparisons to be ready",
      min = "0",
      max = "1000000000",
      required = false,
      description =
          "The last comparisons that have to be without a difference for the next stage to be ready.")
  int check_comparisons() default 1000;

  /** Calls to be ready. */
  @AttributeDefinition(
      name = "Calls to be ready",
      min = "0",
      max = "1000000000",
      required = false,
      description = "The least calls to have been measured for the next stage to be ready.")
  int check_calls() default 1000;

  /** Quiet time. */
  @AttributeDefinition(
      name = "Quiet time",
      min = "0",
      max = "525600",
      required = false,
      description = "How long after a rollback the next stage is not ready, in minutes.")
  int check_quiet_minutes() default 60;
}

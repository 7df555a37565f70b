package io.agents.examples.fleet.internal;

/** The values of the attribute {@code health_status}. */
final class Health {

  static final String HEALTHY = "healthy";
  static final String DEGRADED = "degraded";
  static final String UNHEALTHY = "unhealthy";

  private Health() {}
}

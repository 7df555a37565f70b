package io.agents.registry.spi;

/**
 * What a backend monitors.
 *
 * @param services how many services that have agents in the backend are watched
 * @param bundles how many bundles these services belong to
 */
public record OwnerMonitoring(int services, int bundles) {

  /** Nothing is monitored. */
  public static final OwnerMonitoring NONE = new OwnerMonitoring(0, 0);
}

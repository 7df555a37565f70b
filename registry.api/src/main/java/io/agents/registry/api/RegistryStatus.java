package io.agents.registry.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the registry is at one moment.
 *
 * @param implementation the active backend by its {@code registry.implementation}, or {@link
 *     #NO_IMPLEMENTATION}
 * @param targetFilter the target filter that chooses the backend; empty text if none is set
 * @param available the backends that are there, sorted
 * @param awaited what is missing: empty if the active backend is the one that the target filter
 *     asks for, else a phrase for a person
 * @param agents the number of agents
 * @param agentsWithOwnerGone how many of them have an owner that is gone; the {@code legacy}
 *     backend keeps those
 * @param ownersMonitored how many bundles the active backend watches
 * @param servicesMonitored how many services of those bundles it watches
 * @param listeners how many listeners are told of changes
 * @param eventsMissed how many events slow or failing listeners missed in all
 * @param swapUnderWay whether a backend is being exchanged at this moment
 * @param lastSwap the latest exchange, if there was one
 * @param mirror how the standing mirror is
 */
public record RegistryStatus(
    String implementation,
    String targetFilter,
    List<String> available,
    Optional<String> awaited,
    int agents,
    int agentsWithOwnerGone,
    int ownersMonitored,
    int servicesMonitored,
    int listeners,
    long eventsMissed,
    boolean swapUnderWay,
    Optional<SwapReport> lastSwap,
    MirrorStatus mirror) {

  /** The name that stands for the registry's own plain store, while no backend is there. */
  public static final String NO_IMPLEMENTATION = "none";

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if anything is null
   */
  public RegistryStatus {
    Objects.requireNonNull(implementation, "implementation");
    Objects.requireNonNull(targetFilter, "targetFilter");
    Objects.requireNonNull(awaited, "awaited");
    Objects.requireNonNull(lastSwap, "lastSwap");
    Objects.requireNonNull(mirror, "mirror");
    available = List.copyOf(available);
  }

  /**
   * Whether the registry is as it is meant to be.
   *
   * @return whether a backend is active, nothing is awaited and the last exchange did not fail
   */
  public boolean isHealthy() {
    return !implementation.equals(NO_IMPLEMENTATION)
        && awaited.isEmpty()
        && lastSwap.map(swap -> swap.outcome() == SwapReport.Outcome.COMPLETED).orElse(true);
  }
}

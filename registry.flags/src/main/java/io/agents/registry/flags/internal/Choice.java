package io.agents.registry.flags.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.Optional;
import java.util.Set;

/** Which implementation the registry is to be pointed at. Nothing but its arguments counts. */
final class Choice {

  private Choice() {}

  /**
   * Chooses.
   *
   * @param wanted the implementation that the flag asks for
   * @param available the implementations that are there
   * @param present the target filter as it is
   * @param starting whether the framework is still starting, so that what is missing may be about
   *     to come
   * @return the implementation to point at; empty to leave the filter as it is
   */
  static Optional<String> of(
      String wanted, Set<String> available, TargetFilter present, boolean starting) {
    if (present.kind() == TargetFilter.Kind.FOREIGN) {
      return Optional.empty();
    }
    if (available.contains(wanted)) {
      return unlessPointedAt(wanted, present);
    }
    String other = other(wanted);
    if (!available.contains(other) || starting) {
      return Optional.empty();
    }
    return unlessPointedAt(other, present);
  }

  /** The implementation that the flag asks for when it is off, or on, for this node. */
  static String wanted(boolean on) {
    return on ? RegistryBackend.ETS : RegistryBackend.LEGACY;
  }

  /** The other one of the two. */
  static String other(String implementation) {
    return wanted(!implementation.equals(RegistryBackend.ETS));
  }

  private static Optional<String> unlessPointedAt(String implementation, TargetFilter present) {
    return present.implementation().filter(implementation::equals).isPresent()
        ? Optional.empty()
        : Optional.of(implementation);
  }
}

package io.agents.registry.flags;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the flag and the active implementation stand to each other, at one moment.
 *
 * @param wanted the implementation that the flag asks for on this node
 * @param active the implementation that serves, or {@code none}
 * @param target the target filter that is written for the registry; empty text if none is
 * @param available the implementations that are there, sorted
 * @param awaited what is missing until the wanted implementation serves, for a person; empty if it
 *     does
 * @param settled whether the wanted implementation serves
 */
public record SelectionStatus(
    String wanted,
    String active,
    String target,
    List<String> available,
    Optional<String> awaited,
    boolean settled) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if anything is null
   */
  public SelectionStatus {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(active, "active");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(awaited, "awaited");
    available = List.copyOf(available);
  }
}

package io.agents.registry.flags;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * A flag at one moment.
 *
 * @param name its name
 * @param description what it does, in one line
 * @param defaultValue the value of its definition
 * @param value its value: the configured one; else the answer of the {@link ExternalFlags} that
 *     decide this flag; else the default
 * @param configured whether that value comes from the configuration
 * @param onHere whether the flag is on for this node: what {@link FeatureFlags#isEnabled(String)}
 *     says
 * @param inForce what counts now: the value; or, while it does not hold yet or no longer, what
 *     counts if nothing is configured
 * @param external the name of the {@link ExternalFlags} that the value comes from; empty text if it
 *     comes from none
 * @param removeBy the day by which the flag should be gone; empty if it is to stay
 * @param overdue whether that day is over, in UTC
 */
public record FlagState(
    String name,
    String description,
    FlagValue defaultValue,
    FlagValue value,
    boolean configured,
    boolean onHere,
    FlagValue inForce,
    String external,
    Optional<LocalDate> removeBy,
    boolean overdue) {

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public FlagState {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(inForce, "inForce");
    Objects.requireNonNull(external, "external");
    Objects.requireNonNull(removeBy, "removeBy");
  }

  /**
   * A flag that is to stay, whose value is in force.
   *
   * @param name its name
   * @param description what it does, in one line
   * @param defaultValue the value of its definition
   * @param value its value
   * @param configured whether that value comes from the configuration
   * @param onHere whether the flag is on for this node
   */
  public FlagState(
      String name,
      String description,
      FlagValue defaultValue,
      FlagValue value,
      boolean configured,
      boolean onHere) {
    this(
        name,
        description,
        defaultValue,
        value,
        configured,
        onHere,
        value,
        "",
        Optional.empty(),
        false);
  }
}

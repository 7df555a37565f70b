package io.agents.registry.flags;

import java.util.Objects;

/**
 * A flag at one moment.
 *
 * @param name its name
 * @param description what it does, in one line
 * @param defaultValue its value where nothing is configured
 * @param value its value now
 * @param configured whether that value comes from the configuration; false if it is the default
 * @param onHere whether the flag is on for this node: what {@link FeatureFlags#isEnabled(String)}
 *     says
 */
public record FlagState(
    String name,
    String description,
    FlagValue defaultValue,
    FlagValue value,
    boolean configured,
    boolean onHere) {

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
  }
}

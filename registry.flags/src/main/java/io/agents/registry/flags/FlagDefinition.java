package io.agents.registry.flags;

import java.time.LocalDate;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a flag known. A bundle that has flags of its own registers one service of this type for
 * each; the flag is there as long as the service is.
 *
 * <pre>{@code
 * context.registerService(
 *     FlagDefinition.class, FlagDefinition.of("use_new_router", "Routes by load.", FlagValue.OFF), null);
 * }</pre>
 *
 * <p>The methods are called once, when the service comes, on whatever thread brings it; a
 * definition does not change. Of several definitions of one name the best by {@code
 * ServiceReference.compareTo} holds, and the next takes over when it goes; the others are logged
 * once. The flags of this bundle, such as {@link FeatureFlags#USE_ETS}, cannot be defined anew. A
 * definition that {@link #of} would refuse, or that throws, is logged once and ignored.
 */
@ConsumerType
public interface FlagDefinition {

  /**
   * What the flag is called, in code and as key of the configuration.
   *
   * @return a name as {@link #of} takes it
   */
  String name();

  /**
   * What the flag does.
   *
   * @return one line for a person
   */
  String description();

  /**
   * What the flag is where nothing is configured.
   *
   * @return the value
   */
  FlagValue defaultValue();

  /**
   * The day by which the flag should be gone, code and all. A flag that is still there is shown as
   * overdue; it works on.
   *
   * @return the last day; empty for a flag that is to stay
   */
  default Optional<LocalDate> removeBy() {
    return Optional.empty();
  }

  /**
   * Makes a definition of a flag that is to be gone by a day.
   *
   * @param name as in {@link #of}
   * @param description as in {@link #of}
   * @param defaultValue as in {@link #of}
   * @param removeBy the last day on which the flag should be there
   * @return the definition
   * @throws IllegalArgumentException as {@link #of}
   */
  static FlagDefinition temporary(
      String name, String description, FlagValue defaultValue, LocalDate removeBy) {
    if (removeBy == null) {
      throw new IllegalArgumentException("the temporary flag '" + name + "' has null as its day");
    }
    return new DefinedFlag(name, description, defaultValue, Optional.of(removeBy));
  }

  /**
   * Makes a definition.
   *
   * @param name lower-case letters, digits, {@code _}, {@code -} and {@code .}, beginning with a
   *     letter, at most 100 characters; not beginning with {@code service.}, {@code component.},
   *     {@code felix.} or {@code org.apache.}, which are the names of others in a configuration
   * @param description one line for a person; may be empty
   * @param defaultValue the value where nothing is configured
   * @return the definition
   * @throws IllegalArgumentException if the name is not as described, or anything is null
   */
  static FlagDefinition of(String name, String description, FlagValue defaultValue) {
    return new DefinedFlag(name, description, defaultValue, Optional.empty());
  }
}

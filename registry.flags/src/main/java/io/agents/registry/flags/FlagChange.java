package io.agents.registry.flags;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of a flag: of its value, or of whether its value is configured.
 *
 * @param at when, to the millisecond
 * @param flag the name of the flag
 * @param from its value before
 * @param to its value after
 * @param configured whether the value after comes from the configuration; false if it is the
 *     default
 * @param reason why, for a person; may be empty
 * @param source by what means
 */
public record FlagChange(
    Instant at,
    String flag,
    FlagValue from,
    FlagValue to,
    boolean configured,
    String reason,
    Source source) {

  /** By what means a flag was changed. */
  public enum Source {
    /** By a call of {@link FeatureFlags}, from code or a shell command. */
    CALL,
    /** By whoever changed the configuration: a file, a tool, other code. */
    CONFIGURATION,
    /** By another definition of the flag, with another default. */
    DEFINITION,
    /** By the clock: a time came from which or until which a value holds. */
    TIME,
    /** By {@link ExternalFlags}, which have another answer. */
    EXTERNAL
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public FlagChange {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(flag, "flag");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(source, "source");
  }

  /**
   * Whether the value is another one now.
   *
   * @return whether {@code from} and {@code to} differ
   */
  public boolean changesValue() {
    return !from.equals(to);
  }
}

package io.agents.registry.flags;

import io.agents.registry.flags.internal.ReservedKeys;
import io.agents.registry.flags.internal.Texts;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** A definition as a value. */
record DefinedFlag(
    String name, String description, FlagValue defaultValue, Optional<LocalDate> removeBy)
    implements FlagDefinition {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,99}");

  DefinedFlag {
    // Lower case alone: the keys of a configuration do not tell cases apart.
    if (name == null || !NAME.matcher(name).matches() || ReservedKeys.isReserved(name)) {
      throw new IllegalArgumentException(
          Texts.describe(name)
              + " is no name of a flag; allowed are lower-case letters, digits, '_', '-' and '.',"
              + " beginning with a letter, at most 100, and none of the beginnings "
              + ReservedKeys.PREFIXES);
    }
    if (description == null) {
      throw new IllegalArgumentException("the flag '" + name + "' has null as its description");
    }
    if (defaultValue == null) {
      throw new IllegalArgumentException("the flag '" + name + "' has null as its default");
    }
    if (removeBy == null) {
      throw new IllegalArgumentException("the flag '" + name + "' has null as its last day");
    }
  }
}

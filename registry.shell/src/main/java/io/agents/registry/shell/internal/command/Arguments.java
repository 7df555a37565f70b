package io.agents.registry.shell.internal.command;

import io.agents.registry.shell.internal.text.Format;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** What was typed after a command, by the names in its usage line. */
final class Arguments {

  private static final String JSON = "--json";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Usage usage;
  private final Format screen;
  private final Map<String, List<String>> values;
  private final Map<String, String> options;

  Arguments(
      Usage usage, Format screen, Map<String, List<String>> values, Map<String, String> options) {
    this.usage = usage;
    this.screen = screen;
    this.values = values;
    this.options = options;
  }

  /** A required argument. */
  String get(String name) {
    return all(name).get(0);
  }

  /** An optional argument. */
  Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  /** An argument that may be given any number of times. */
  List<String> all(String name) {
    List<String> given = values.get(name);
    if (given == null) {
      throw new IllegalArgumentException("no argument is called '" + name + "'");
    }
    return given;
  }

  /** Whether an option is given. */
  boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option. */
  Optional<String> option(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** The value of an option that is a whole number, from 0. */
  OptionalInt number(String option) {
    String text = options.get(option);
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw usage.wrong(
          "'" + text + "' is no value of " + option + "; give a whole number from 0 to 999999999");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** Who the answer is for. */
  Format format() {
    return has(JSON) ? Format.JSON : screen;
  }
}

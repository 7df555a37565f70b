package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.command.Usage;
import io.agents.registry.shell.internal.command.Usage.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.console.CommandLine;

/**
 * What the words before the cursor leave to be typed, by a usage line.
 *
 * @param parameter the name of the argument at the cursor, or of the option's value; empty text if
 *     none is left
 * @param mayBeOption whether an option may stand at the cursor
 * @param options the options that are there already
 */
record TypedWords(String parameter, boolean mayBeOption, Set<String> options) {

  private static final String REST_IS_NO_OPTION = "--";

  static TypedWords of(Usage usage, CommandLine line) {
    Set<String> options = new HashSet<>();
    boolean mayBeOption = true;
    String value = "";
    int place = 0;
    String[] words = line.getArguments();
    int end = Math.min(line.getCursorArgumentIndex(), words.length);
    for (String word : List.of(words).subList(Math.min(1, end), end)) {
      if (!value.isEmpty()) {
        value = "";
      } else if (mayBeOption && word.equals(REST_IS_NO_OPTION)) {
        mayBeOption = false;
      } else if (mayBeOption && word.startsWith("--")) {
        String option = word.split("=", 2)[0];
        options.add(option);
        value = word.contains("=") ? "" : usage.options().getOrDefault(option, "");
      } else {
        place++;
      }
    }
    return value.isEmpty()
        ? new TypedWords(parameter(usage.parameters(), place), mayBeOption, options)
        : new TypedWords(value, false, options);
  }

  /** Whether an option is there already. */
  boolean has(String option) {
    return options.contains(option);
  }

  private static String parameter(List<Parameter> parameters, int place) {
    if (place < parameters.size()) {
      return parameters.get(place).name();
    }
    Parameter last = parameters.isEmpty() ? null : parameters.get(parameters.size() - 1);
    return last != null && last.anyNumber() ? last.name() : "";
  }
}

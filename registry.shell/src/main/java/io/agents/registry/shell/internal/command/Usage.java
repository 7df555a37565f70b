package io.agents.registry.shell.internal.command;

import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Failures;
import io.agents.registry.shell.internal.text.Format;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command takes, by its usage line, such as {@code registry:list [filter] [--limit n]
 * [--json]}: the line that the help shows is the one that arguments are read by. Options may stand
 * anywhere, as {@code --limit 3} or {@code --limit=3}; what follows {@code --} is no option.
 */
public final class Usage {

  /** What a filter is called in usage lines. */
  public static final String FILTER = "filter";

  private static final Pattern PART =
      Pattern.compile(
          "\\[(?<option>--\\S+?)( (?<value>\\S+))?]"
              + "|\\[(?<anyNumber>\\S+) \\.\\.\\.]"
              + "|\\[(?<optional>\\S+)]"
              + "|(?<atLeastOne>[^\\s\\[\\]]+) \\.\\.\\."
              + "|(?<required>[^\\s\\[\\]]+)");

  private static final String REST_IS_NO_OPTION = "--";

  /**
   * An argument that is told by its place.
   *
   * @param name what it is called
   * @param required whether the command needs it
   * @param anyNumber whether it takes all words that are left
   */
  public record Parameter(String name, boolean required, boolean anyNumber) {}

  private final String line;
  private final String command;
  private final List<Parameter> parameters = new ArrayList<>();

  /** The options, each with the name of its value; empty text where it has none. */
  private final Map<String, String> options = new LinkedHashMap<>();

  /** Reads a usage line. */
  Usage(String line) {
    this.line = line;
    int end = (line + " ").indexOf(' ');
    command = line.substring(0, end);
    Matcher part = PART.matcher(line);
    for (int at = end; part.find(at); at = part.end()) {
      add(part);
    }
  }

  private void add(Matcher part) {
    if (part.group("option") != null) {
      String value = part.group("value");
      options.put(part.group("option"), value == null ? "" : value);
    } else if (part.group("anyNumber") != null) {
      parameters.add(new Parameter(part.group("anyNumber"), false, true));
    } else if (part.group("optional") != null) {
      parameters.add(new Parameter(part.group("optional"), false, false));
    } else if (part.group("atLeastOne") != null) {
      parameters.add(new Parameter(part.group("atLeastOne"), true, true));
    } else {
      parameters.add(new Parameter(part.group("required"), true, false));
    }
  }

  /**
   * The name of the command.
   *
   * @return with its scope, such as {@code registry:list}
   */
  public String command() {
    return command;
  }

  /**
   * The line itself.
   *
   * @return as it is shown in the help
   */
  public String line() {
    return line;
  }

  /**
   * The arguments that are told by their place.
   *
   * @return in the order of their places
   */
  public List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /**
   * The options.
   *
   * @return for each, such as {@code --limit}, the name of its value; empty text where it has none
   */
  public Map<String, String> options() {
    return Collections.unmodifiableMap(options);
  }

  /**
   * Reads what was typed.
   *
   * @param screen what the answer is shown on, unless it is for a script
   * @param typed the words after the name of the command
   * @throws CommandException if it does not fit, with the usage line
   */
  Arguments read(Format screen, String... typed) {
    for (int i = 0; i < typed.length; i++) {
      if (typed[i] == null) {
        throw wrong("argument " + (i + 1) + " is null; is a variable not set?");
      }
    }
    Map<String, String> given = new HashMap<>();
    List<String> words = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(List.of(typed));
    while (!left.isEmpty()) {
      String word = left.remove();
      if (word.equals(REST_IS_NO_OPTION)) {
        words.addAll(left);
        left.clear();
      } else if (word.startsWith("--")) {
        readOption(word, left, given);
      } else {
        words.add(word);
      }
    }
    return new Arguments(this, screen, assign(words), given);
  }

  private void readOption(String word, Deque<String> left, Map<String, String> given) {
    int equal = word.indexOf('=');
    String name = equal < 0 ? word : word.substring(0, equal);
    String value = options.get(name);
    if (value == null) {
      throw wrong("there is no option " + name);
    }
    if (given.containsKey(name)) {
      throw wrong(name + " is given twice");
    }
    if (value.isEmpty()) {
      if (equal >= 0) {
        throw wrong(name + " takes no value");
      }
      given.put(name, "");
    } else if (equal >= 0) {
      given.put(name, word.substring(equal + 1));
    } else {
      if (left.isEmpty() || left.peek().startsWith("--")) {
        throw wrong(name + " needs a value: " + name + " " + value);
      }
      given.put(name, left.remove());
    }
  }

  private Map<String, List<String>> assign(List<String> words) {
    Map<String, List<String>> values = new HashMap<>();
    int at = 0;
    for (Parameter parameter : parameters) {
      if (parameter.required() && at >= words.size()) {
        throw wrong(parameter.name() + " is missing");
      }
      int end = parameter.anyNumber() ? words.size() : Math.min(at + 1, words.size());
      values.put(parameter.name(), words.subList(at, end));
      at = end;
    }
    if (at < words.size()) {
      // A filter without quotes falls apart at its blanks.
      String hint = values.containsKey(FILTER) ? "; " + Failures.QUOTE_FILTERS : "";
      throw wrong("'" + words.get(at) + "' is one argument too many" + hint);
    }
    return values;
  }

  /** Says what is wrong, and what would be right. */
  CommandException wrong(String what) {
    return new CommandException(command + ": " + what + "; usage: " + line);
  }
}

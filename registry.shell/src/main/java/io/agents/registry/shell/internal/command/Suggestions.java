package io.agents.registry.shell.internal.command;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What may be typed for an argument, by the name that the argument has in usage lines. Any number
 * of threads may ask at once.
 */
final class Suggestions {

  /** For commands whose arguments nobody can guess. */
  static final Suggestions NONE = new Suggestions(Map.of());

  /** Nobody reads more of them. */
  private static final int MOST = 500;

  private final Map<String, Function<String, Stream<String>>> sources;

  /**
   * Makes suggestions.
   *
   * @param sources by the name of the argument: what there is to choose from, given what is typed
   *     already; may hold what does not begin with that
   */
  Suggestions(Map<String, Function<String, Stream<String>>> sources) {
    this.sources = Map.copyOf(sources);
  }

  /** What begins with what is typed already, sorted; empty if there is nothing to choose from. */
  List<String> of(String parameter, String begin) {
    return sources
        .getOrDefault(parameter, typed -> Stream.of())
        .apply(begin)
        .filter(candidate -> candidate.startsWith(begin))
        .distinct()
        .sorted()
        .limit(MOST)
        .toList();
  }
}

package io.agents.registry.shell.karaf.internal;

import java.util.List;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.Candidate;

/**
 * The begin of a filter that is being typed, with its last attribute: {@code (&(node=x)(cap} is
 * {@code (&(node=x)(} and {@code cap}.
 *
 * @param before what stays as it is
 * @param attribute the begin of the attribute's name
 * @param isAttribute whether the name of an attribute may go on here
 */
record FilterBegin(String before, String attribute, boolean isAttribute) {

  private static final String OPERATORS = "&|!";
  private static final char QUOTE = '\'';

  /**
   * Takes the begin apart.
   *
   * @param typed the word up to the cursor, without the quote that it stands in
   * @param line the line up to the cursor, as it was typed
   */
  static FilterBegin of(String typed, String line) {
    // Without quotes the shell would evaluate the brackets. Where there is one, Karaf keeps it.
    String quote = isInQuotes(line) || typed.indexOf(QUOTE) == 0 ? "" : String.valueOf(QUOTE);
    String text = typed.stripTrailing();
    int open = text.lastIndexOf('(');
    String tail = text.substring(open + 1);
    if (open < 0) {
      return new FilterBegin(quote + text + "(", "", text.isEmpty() || text.equals("" + QUOTE));
    }
    if (tail.isEmpty()) {
      return new FilterBegin(quote + text, "", true);
    }
    if (tail.endsWith(")") || OPERATORS.contains(tail)) {
      return new FilterBegin(quote + text + "(", "", count(text, '(') > count(text, ')'));
    }
    boolean isName = tail.chars().noneMatch(c -> "=<>~*)&|!".indexOf(c) >= 0);
    return new FilterBegin(quote + text.substring(0, open + 1), tail, isName);
  }

  /** The filter with each of the attributes that may go on here. */
  List<Candidate> complete(Function<String, List<String>> attributes) {
    return isAttribute
        ? attributes.apply(attribute).stream()
            .map(name -> new Candidate(before + name + "=", false))
            .toList()
        : List.of();
  }

  private static boolean isInQuotes(String line) {
    char open = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (open == 0 && (c == QUOTE || c == '"')) {
        open = c;
      } else if (c == open) {
        open = 0;
      }
    }
    return open != 0;
  }

  private static long count(String text, char sign) {
    return text.chars().filter(c -> c == sign).count();
  }
}

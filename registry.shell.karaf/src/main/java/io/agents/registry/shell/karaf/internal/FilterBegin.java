package io.agents.registry.shell.karaf.internal;

import java.util.List;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.Candidate;

/**
 * The begin of a filter that is being typed, with its last attribute: {@code '(&(node=x)(cap} is
 * {@code '(&(node=x)(} and {@code cap}.
 *
 * @param before what stays as it is, a quote and brackets included
 * @param attribute the begin of the attribute's name
 * @param isAttribute whether the name of an attribute may go on here
 */
record FilterBegin(String before, String attribute, boolean isAttribute) {

  private static final String OPERATORS = "&|!";

  static FilterBegin of(String typed) {
    String text = typed.stripTrailing();
    int open = text.lastIndexOf('(');
    String tail = text.substring(open + 1);
    if (open < 0) {
      // Nothing is typed yet, but for a quote.
      return new FilterBegin(text + "(", "", text.isEmpty() || isQuote(text));
    }
    if (tail.isEmpty()) {
      return new FilterBegin(text, "", true);
    }
    if (tail.endsWith(")") || OPERATORS.contains(tail)) {
      return new FilterBegin(text + "(", "", count(text, '(') > count(text, ')'));
    }
    boolean isName = tail.chars().noneMatch(c -> "=<>~*)&|!".indexOf(c) >= 0);
    return new FilterBegin(text.substring(0, open + 1), tail, isName);
  }

  /** The filter with each of the attributes that may go on here. */
  List<Candidate> complete(Function<String, List<String>> attributes) {
    return isAttribute
        ? attributes.apply(attribute).stream()
            .map(name -> new Candidate(before + name + "=", false))
            .toList()
        : List.of();
  }

  private static long count(String text, char sign) {
    return text.chars().filter(c -> c == sign).count();
  }

  private static boolean isQuote(String text) {
    return text.equals("'") || text.equals("\"");
  }
}

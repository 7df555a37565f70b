package io.agents.registry.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one filter by recursive descent; used once, by one thread. Depth is bounded before the
 * recursion.
 */
final class QueryParser {

  private final String text;
  private final QueryLimits limits;
  private int position;

  QueryParser(String text, QueryLimits limits) {
    if (text == null) {
      throw new InvalidQueryException("null", 0, "a filter");
    }
    if (text.length() > limits.maxLength()) {
      throw new InvalidQueryException(
          text, limits.maxLength(), "a filter of at most " + limits.maxLength() + " characters");
    }
    this.text = text;
    this.limits = limits;
  }

  Query parse() {
    skipSpace();
    Query query = filter(1);
    skipSpace();
    if (position < text.length()) {
      throw expected("the end of the filter");
    }
    return query;
  }

  private Query filter(int depth) {
    if (depth > limits.maxDepth()) {
      throw expected("at most " + limits.maxDepth() + " levels");
    }
    require('(', "'(' that begins a filter");
    skipSpace();
    Query query =
        switch (peek()) {
          case '&' -> Query.allOf(operands(depth));
          case '|' -> Query.anyOf(operands(depth));
          case '!' -> negation(depth);
          default -> comparison();
        };
    skipSpace();
    require(')', "')' that ends the filter begun before");
    return query;
  }

  private List<Query> operands(int depth) {
    position++;
    skipSpace();
    List<Query> operands = new ArrayList<>();
    do {
      operands.add(filter(depth + 1));
      skipSpace();
    } while (peek() == '(');
    return operands;
  }

  private Query negation(int depth) {
    position++;
    skipSpace();
    return filter(depth + 1).negate();
  }

  private Query comparison() {
    AttributePath path = attribute();
    Query.Operator operator = operator();
    if (operator == Query.Operator.EQUAL) {
      if (skipPresence()) {
        return new Query.Present(path);
      }
      List<String> pieces = value(true);
      return pieces.size() == 1
          ? new Query.Comparison(path, operator, pieces.get(0))
          : Query.substring(path, pieces);
    }
    return new Query.Comparison(path, operator, value(false).get(0));
  }

  /** A lone wildcard, which white space may follow: as OSGi reads it, and only there. */
  private boolean skipPresence() {
    if (peek() != '*') {
      return false;
    }
    int start = position;
    position++;
    skipSpace();
    if (peek() == ')') {
      return true;
    }
    position = start;
    return false;
  }

  private AttributePath attribute() {
    int start = position;
    while (position < text.length() && "=<>~()*\\".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String name = text.substring(start, position).strip();
    if (name.isEmpty()) {
      throw expected("an attribute name");
    }
    if (position == text.length() || "=<>~".indexOf(peek()) < 0) {
      throw expected("one of the operators = ~= < <= > >=");
    }
    try {
      return AttributePath.of(name);
    } catch (InvalidQueryException e) {
      throw new InvalidQueryException(text, start, e.expected());
    }
  }

  private Query.Operator operator() {
    char first = text.charAt(position++);
    boolean withEqual = peek() == '=';
    if (first == '=') {
      return Query.Operator.EQUAL;
    }
    if (first == '~' && !withEqual) {
      throw expected("'=' after '~'");
    }
    if (withEqual) {
      position++;
    }
    return switch (first) {
      case '~' -> Query.Operator.APPROXIMATE;
      case '<' -> withEqual ? Query.Operator.LESS_OR_EQUAL : Query.Operator.LESS;
      default -> withEqual ? Query.Operator.GREATER_OR_EQUAL : Query.Operator.GREATER;
    };
  }

  /**
   * The pieces between the wildcards; one piece if there is none, or if wildcards mean nothing
   * here.
   */
  private List<String> value(boolean wildcards) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    while (position < text.length() && peek() != ')') {
      char c = text.charAt(position);
      if (c == '(') {
        throw expected("')' or, for the character itself, '\\('");
      } else if (c == '*' && wildcards) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c == '\\' ? escaped() : c);
      }
      position++;
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private char escaped() {
    position++;
    if (position == text.length()) {
      throw expected("a character after '\\'");
    }
    return text.charAt(position);
  }

  /** The character that comes next, or NUL at the end. */
  private char peek() {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private void require(char c, String what) {
    if (position == text.length() || text.charAt(position) != c) {
      throw expected(what);
    }
    position++;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private InvalidQueryException expected(String what) {
    return new InvalidQueryException(text, position, what);
  }
}

package io.agents.registry.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads one filter; used once, by one thread. What is open is kept in a list, not on the stack of
 * the thread, which may be small.
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
    Query query = filter();
    skipSpace();
    if (position < text.length()) {
      throw expected("the end of the filter");
    }
    return query;
  }

  /** An operator whose closing bracket is still to come. */
  private record Open(char operator, List<Query> operands) {

    boolean takes(char next) {
      return next == '(' && (operator != '!' || operands.isEmpty());
    }

    Query closed() {
      return switch (operator) {
        case '&' -> Query.allOf(operands);
        case '|' -> Query.anyOf(operands);
        default -> operands.get(0).negate();
      };
    }
  }

  private Query filter() {
    Deque<Open> open = new ArrayDeque<>();
    while (true) {
      int depth = open.size() + 1;
      if (depth > limits.maxDepth()) {
        throw expected("at most " + limits.maxDepth() + " levels");
      }
      require('(', "'(' that begins a filter");
      skipSpace();
      if ("&|!".indexOf(peek()) >= 0) {
        open.push(new Open(peek(), new ArrayList<>()));
        position++;
        skipSpace();
        continue;
      }
      Query closed = comparison();
      end();
      while (!open.isEmpty()) {
        open.element().operands().add(closed);
        skipSpace();
        if (open.element().takes(peek())) {
          break;
        }
        closed = open.pop().closed();
        end();
      }
      if (open.isEmpty()) {
        return closed;
      }
    }
  }

  private void end() {
    skipSpace();
    require(')', "')' that ends the filter begun before");
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

package io.agents.registry.api;

import java.util.Iterator;

/** Writes queries as filters. */
final class QueryText {

  private QueryText() {}

  static String write(Query query) {
    StringBuilder out = new StringBuilder();
    append(query, out);
    return out.toString();
  }

  private static void append(Query query, StringBuilder out) {
    out.append('(');
    if (query instanceof Query.Comparison comparison) {
      out.append(comparison.attribute()).append(comparison.operator().symbol());
      if (isStrict(comparison.operator()) && comparison.value().startsWith("=")) {
        out.append('\\'); // or it would read as <= or >=
      }
      escape(comparison.value(), out);
    } else if (query instanceof Query.Present present) {
      out.append(present.attribute()).append("=*");
    } else if (query instanceof Query.Substring substring) {
      appendPieces(substring, out);
    } else if (query instanceof Query.Not not) {
      out.append('!');
      append(not.operand(), out);
    } else if (query instanceof Query.Composite composite) {
      out.append(composite instanceof Query.And ? '&' : '|');
      composite.operands().forEach(operand -> append(operand, out));
    }
    out.append(')');
  }

  private static boolean isStrict(Query.Operator operator) {
    return operator == Query.Operator.LESS || operator == Query.Operator.GREATER;
  }

  private static void appendPieces(Query.Substring substring, StringBuilder out) {
    out.append(substring.attribute()).append('=');
    Iterator<String> pieces = substring.pieces().iterator();
    escape(pieces.next(), out);
    while (pieces.hasNext()) {
      out.append('*');
      String piece = pieces.next();
      if (!pieces.hasNext()
          && !piece.isEmpty()
          && piece.chars().allMatch(Character::isWhitespace)) {
        out.append('\\'); // or white space after a lone wildcard would read as presence
      }
      escape(piece, out);
    }
  }

  private static void escape(String value, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '*' || c == '(' || c == ')') {
        out.append('\\');
      }
      out.append(c);
    }
  }
}

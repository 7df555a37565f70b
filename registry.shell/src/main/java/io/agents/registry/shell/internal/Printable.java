package io.agents.registry.shell.internal;

/**
 * Text that a terminal shows and does not act on. Metadata comes from bundles of all kinds; a line
 * break in it would tear a table, an escape sequence could rewrite the screen.
 */
public final class Printable {

  private Printable() {}

  /**
   * Makes every character visible.
   *
   * @param text any text
   * @return the text on one line, with <code>&#92;u001b</code> and the like for what can't be seen
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isInvisible)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isInvisible(c)) {
          for (char unit : Character.toChars(c)) {
            out.append(String.format("\\u%04x", (int) unit));
          }
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT, // also those that turn the direction of writing
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

package io.agents.registry.flags.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How values that somebody passed in are shown in messages: in one line, bounded, with their type.
 */
public final class Texts {

  private static final int LONGEST = 80;

  private Texts() {}

  /**
   * Describes a value.
   *
   * @param value anything
   * @return the value in quotes if it is text; with its type if it is neither text, number nor
   *     boolean
   */
  public static String describe(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return "'" + line(text) + "'";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return line(value.toString());
    }
    // Neither the content of an array nor a foreign toString says more than the type.
    return "a value of type " + value.getClass().getSimpleName();
  }

  private static String line(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
    }
    if (text.length() > LONGEST) {
      line.append("… (").append(text.length()).append(" characters)");
    }
    return line.toString();
  }
}

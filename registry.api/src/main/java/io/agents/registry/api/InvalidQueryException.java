package io.agents.registry.api;

/** A text is no filter, or a query is deeper or longer than allowed. */
public final class InvalidQueryException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** How much of the text around the position a message shows, in characters. */
  private static final int SHOWN = 40;

  private final String text;
  private final int position;
  private final String expected;

  /**
   * Makes the exception.
   *
   * @param text what was read
   * @param position where it goes wrong, as an index into the text, from 0
   * @param expected what was expected there
   */
  public InvalidQueryException(String text, int position, String expected) {
    super(
        "the filter is not valid at position "
            + position
            + ": expected "
            + expected
            + ", found "
            + found(text, position));
    this.text = text;
    this.position = position;
    this.expected = expected;
  }

  /**
   * What was read.
   *
   * @return the text, whole
   */
  public String text() {
    return text;
  }

  /**
   * Where it goes wrong.
   *
   * @return an index into the text, from 0; the length of the text for its end
   */
  public int position() {
    return position;
  }

  /**
   * What was expected.
   *
   * @return a phrase for a person
   */
  public String expected() {
    return expected;
  }

  private static String found(String text, int position) {
    if (position >= text.length()) {
      return "the end";
    }
    String rest = text.substring(position, Math.min(text.length(), position + SHOWN));
    // One line, whatever was typed.
    String printable = rest.replaceAll("\\p{Cntrl}", "\uFFFD");
    return "'" + printable + (position + SHOWN < text.length() ? "…'" : "'");
  }
}

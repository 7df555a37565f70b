package io.agents.registry.shell.internal.text;

/**
 * Who an answer is for, and what it is shown on.
 *
 * @param isJson whether a script reads it: one line, the keys stay; else a person, and the layout
 *     may change from release to release
 * @param width how many characters fit on a line; 0 if there is no limit, as in a file
 * @param isColoured whether it is a terminal, which shows headings in bold
 */
public record Format(boolean isJson, int width, boolean isColoured) {

  /** For a person, or a file: as wide as need be, without colours. */
  public static final Format TEXT = new Format(false, 0, false);

  /** For a script. */
  public static final Format JSON = new Format(true, 0, false);

  /**
   * For a person in front of a terminal.
   *
   * @param width how many characters it has on a line; 0 if that is not known
   * @return text that fits, in colours
   */
  public static Format terminal(int width) {
    return new Format(false, Math.max(0, width), true);
  }
}

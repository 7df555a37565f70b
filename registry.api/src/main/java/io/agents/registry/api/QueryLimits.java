package io.agents.registry.api;

/**
 * How deep and how long a query may be.
 *
 * @param maxDepth how deep operators may be nested, in levels; a single comparison is level 1
 * @param maxLength how long the text of a query may be, in characters
 */
public record QueryLimits(int maxDepth, int maxLength) {

  /** The limits that hold where nothing is configured: 50 levels, 65,536 characters. */
  public static final QueryLimits DEFAULT = new QueryLimits(50, 65_536);

  /**
   * The deepest nesting that can be configured, in levels; no query can be built that is deeper. It
   * keeps the recursion over a query far from the end of any thread's stack.
   */
  public static final int HIGHEST_DEPTH = 250;

  /** The longest text that can be configured, in characters. */
  public static final int HIGHEST_LENGTH = 1_048_576;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is out of its range, naming it, its value and the
   *     range
   */
  public QueryLimits {
    requireRange("maxDepth", maxDepth, HIGHEST_DEPTH);
    requireRange("maxLength", maxLength, HIGHEST_LENGTH);
  }

  private static void requireRange(String name, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed is 1 to " + highest);
    }
  }
}

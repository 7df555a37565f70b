package io.agents.registry.api;

/**
 * How large the metadata of one agent may be.
 *
 * @param maxDepth how deep maps, lists and sets may be nested; the metadata itself is level 1
 * @param maxValues how many values there may be in all, counted through all levels: every element
 *     of a list or set and every entry of a map counts as one
 */
public record MetadataLimits(int maxDepth, int maxValues) {

  /** The limits that hold where nothing is configured: 8 levels, 1,000 values. */
  public static final MetadataLimits DEFAULT = new MetadataLimits(8, 1_000);

  /** The deepest nesting that can be configured, in levels. */
  public static final int HIGHEST_DEPTH = 32;

  /** The largest number of values of one agent that can be configured. */
  public static final int HIGHEST_VALUES = 1_000_000;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is out of its range, naming it, its value and the
   *     range
   */
  public MetadataLimits {
    requireRange("maxDepth", maxDepth, HIGHEST_DEPTH);
    requireRange("maxValues", maxValues, HIGHEST_VALUES);
  }

  private static void requireRange(String name, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed is 1 to " + highest);
    }
  }
}

package io.agents.registry.testkit.reliability;

import java.time.Duration;

/**
 * How much the checks of reliability do: {@code quick} in every build, {@code exhaustive} when the
 * system property {@value #PROPERTY} says so.
 *
 * <p>Safe for use by many threads.
 */
public final class Effort {

  /** The system property: {@code quick}, which is the default, or {@code exhaustive}. */
  public static final String PROPERTY = "registry.effort";

  private Effort() {}

  /**
   * Tells whether the long figures apply.
   *
   * @return whether the effort is {@code exhaustive}
   * @throws IllegalStateException if the property has another value than {@code quick} and {@code
   *     exhaustive}
   */
  public static boolean isExhaustive() {
    String effort = System.getProperty(PROPERTY, "quick");
    return switch (effort) {
      case "quick", "" -> false;
      case "exhaustive" -> true;
      default ->
          throw new IllegalStateException(
              PROPERTY + " is '" + effort + "'; allowed are quick and exhaustive");
    };
  }

  /**
   * Picks a number of rounds.
   *
   * @param quick the number in every build
   * @param exhaustive the number in the long run
   * @return the one that applies
   */
  public static int rounds(int quick, int exhaustive) {
    return isExhaustive() ? exhaustive : quick;
  }

  /**
   * Picks a duration.
   *
   * @param quick the duration in every build
   * @param exhaustive the duration in the long run
   * @return the one that applies
   */
  public static Duration time(Duration quick, Duration exhaustive) {
    return isExhaustive() ? exhaustive : quick;
  }
}

package io.agents.registry.testkit.reliability;

import java.security.SecureRandom;

/**
 * Seeds of random checks: printed, so that a run can be had again.
 *
 * <p>Safe for use by many threads.
 */
public final class Seeds {

  /** The system property with the seed to take instead of a new one: a {@code long}. */
  public static final String PROPERTY = "registry.seed";

  private Seeds() {}

  /**
   * Gives the seed of one run of a check and prints it to the standard output.
   *
   * @param check the name of the check
   * @return the seed from the system property {@value #PROPERTY} if there is one, else a new one
   * @throws IllegalStateException if the property is no {@code long}
   */
  public static long next(String check) {
    long seed = given() == null ? new SecureRandom().nextLong() : parse(given());
    Output.print("[seed] " + check + ": " + seed + " (again with -D" + PROPERTY + "=" + seed + ")");
    return seed;
  }

  private static String given() {
    String given = System.getProperty(PROPERTY, "");
    return given.isEmpty() ? null : given;
  }

  private static long parse(String given) {
    try {
      return Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          PROPERTY + " is '" + given + "'; allowed is a whole number of 64 bits", e);
    }
  }
}

package io.agents.registry.flags.internal;

/**
 * A threshold that was crossed.
 *
 * @param figure what was measured, and of what
 * @param measured the value
 * @param threshold what is allowed
 * @param window of which time
 */
record Breach(String figure, String measured, String threshold, String window) {

  /** All of it in one line. */
  @Override
  public String toString() {
    return figure + ": " + measured + "; allowed is " + threshold + ", " + window;
  }
}

package io.agents.benchmarks;

/** Refuses to measure what does not work. */
final class Require {

  private Require() {}

  /**
   * Checks the outcome of a write.
   *
   * @throws IllegalStateException if it failed, naming the agent
   */
  static void that(boolean done, String id) {
    if (!done) {
      throw new IllegalStateException("a write of " + id + " was refused");
    }
  }
}

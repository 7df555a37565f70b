package io.agents.benchmarks;

/** A library of feature flags with two flags: one that is on, one that is on for a quarter. */
interface FlagSubject {

  /** Evaluates the flag that is on. */
  boolean isOn(String user);

  /** Evaluates the flag that is on for 25 percent of the users. */
  boolean isOnForShare(String user);

  /**
   * Leaves nothing behind.
   *
   * @throws Exception if that fails
   */
  void close() throws Exception;
}

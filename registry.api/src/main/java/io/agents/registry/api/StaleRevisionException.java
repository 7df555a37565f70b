package io.agents.registry.api;

/** An agent has changed since the revision that an update expected. */
public final class StaleRevisionException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String id;
  private final long expected;
  private final long actual;

  /**
   * Makes the exception.
   *
   * @param id the agent
   * @param expected the revision that was expected
   * @param actual the revision that is there
   */
  public StaleRevisionException(String id, long expected, long actual) {
    super(
        "the agent '"
            + id
            + "' is at revision "
            + actual
            + ", not "
            + expected
            + "; look it up and try again");
    this.id = id;
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * The agent.
   *
   * @return its id
   */
  public String id() {
    return id;
  }

  /**
   * What the caller expected.
   *
   * @return the revision
   */
  public long expected() {
    return expected;
  }

  /**
   * What is there.
   *
   * @return the revision
   */
  public long actual() {
    return actual;
  }
}

package io.agents.registry.api;

import org.osgi.framework.Bundle;

/**
 * There is no room for a registration: as many agents are registered as a quota allows. Nothing was
 * changed. Agents that end make room.
 */
public final class QuotaExceededException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String quota;
  private final int limit;
  private final transient Bundle owner;

  /**
   * Makes the exception.
   *
   * @param quota the quota, by its key in the configuration, such as {@code agents.max}
   * @param limit how many agents it allows
   * @param requested how many more agents were to be registered by the call
   * @param owner whose agent there is no room for
   */
  public QuotaExceededException(String quota, int limit, int requested, Bundle owner) {
    super(
        "the quota "
            + quota
            + " of "
            + limit
            + " agents has no room for "
            + requested
            + " more for bundle "
            + Bundles.describe(owner)
            + "; unregister agents, or raise the quota");
    this.quota = quota;
    this.limit = limit;
    this.owner = owner;
  }

  /**
   * Which quota it is.
   *
   * @return its key in the configuration
   */
  public String quota() {
    return quota;
  }

  /**
   * What it allows.
   *
   * @return a number of agents
   */
  public int limit() {
    return limit;
  }

  /**
   * Whose agent was refused.
   *
   * @return the owner, of several the first one that there was no room for; null only in an
   *     exception that was serialised and read back
   */
  public Bundle owner() {
    return owner;
  }
}

package io.agents.registry.api;

import org.osgi.framework.Bundle;

/** A bundle tried to change an agent that it neither owns nor registered. */
public final class NotOwnerException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String id;
  private final transient Bundle owner;
  private final transient Bundle caller;

  /**
   * Makes the exception.
   *
   * @param id the agent
   * @param owner the bundle that owns it
   * @param caller the bundle that tried
   */
  public NotOwnerException(String id, Bundle owner, Bundle caller) {
    super(
        "the agent '"
            + id
            + "' belongs to bundle "
            + Bundles.describe(owner)
            + "; bundle "
            + Bundles.describe(caller)
            + " may read it, but not change it");
    this.id = id;
    this.owner = owner;
    this.caller = caller;
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
   * Whose it is.
   *
   * @return the owner; null only in an exception that was serialised and read back
   */
  public Bundle owner() {
    return owner;
  }

  /**
   * Who tried.
   *
   * @return the calling bundle; null only in an exception that was serialised and read back
   */
  public Bundle caller() {
    return caller;
  }
}

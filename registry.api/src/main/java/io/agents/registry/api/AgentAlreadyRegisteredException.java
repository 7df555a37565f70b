package io.agents.registry.api;

/** An id is in use by an agent whose owner is there. */
public final class AgentAlreadyRegisteredException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final transient Agent holder;

  /**
   * Makes the exception.
   *
   * @param holder the agent that holds the id
   */
  public AgentAlreadyRegisteredException(Agent holder) {
    super(
        "the agent id '"
            + holder.id()
            + "' is in use by bundle "
            + Bundles.describe(holder.owner())
            + " (registration "
            + holder.registration()
            + "); choose another id, or replace it");
    this.holder = holder;
  }

  /**
   * Who holds the id.
   *
   * @return the agent; null only in an exception that was serialised and read back
   */
  public Agent holder() {
    return holder;
  }
}

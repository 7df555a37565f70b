package io.agents.registry.api;

/** There is no agent with this id, or not any more the registration that was meant. */
public final class AgentNotFoundException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** How much of an id a message shows, in characters; it may never have been checked. */
  private static final int SHOWN = 256;

  private final String id;

  /**
   * Makes the exception.
   *
   * @param id the id that was asked for
   */
  public AgentNotFoundException(String id) {
    super("there is no agent with the id " + shown(id));
    this.id = id;
  }

  /**
   * Makes the exception for a registration that has ended.
   *
   * @param id the id of the registration
   * @param registration its number
   */
  public AgentNotFoundException(String id, long registration) {
    super("registration " + registration + " of the agent id " + shown(id) + " has ended");
    this.id = id;
  }

  /**
   * What was asked for.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  private static String shown(String id) {
    String part = id == null || id.length() <= SHOWN ? String.valueOf(id) : id.substring(0, SHOWN);
    // One line, whatever was asked for.
    String printable = "'" + part.replaceAll("\\p{Cntrl}", "\uFFFD") + "'";
    return id == null || id.length() <= SHOWN
        ? printable
        : printable + "… (" + id.length() + " characters)";
  }
}

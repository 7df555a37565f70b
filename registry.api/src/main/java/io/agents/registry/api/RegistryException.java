package io.agents.registry.api;

/**
 * What the registry refuses to do. Its message is one line that names the thing, the value and what
 * is allowed; subclasses carry the values themselves.
 */
public abstract class RegistryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message one line for a person
   */
  protected RegistryException(String message) {
    super(message);
  }
}

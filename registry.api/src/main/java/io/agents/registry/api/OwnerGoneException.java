package io.agents.registry.api;

import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The service of an agent is unregistered, or is just being unregistered. Nothing of the agent
 * stays.
 */
public final class OwnerGoneException extends RegistryException {

  private static final long serialVersionUID = 1L;

  private final String id;
  private final transient ServiceReference<?> service;

  /**
   * Makes the exception.
   *
   * @param id the agent
   * @param service the service that is gone
   */
  public OwnerGoneException(String id, ServiceReference<?> service) {
    super(
        "the service "
            + service.getProperty(Constants.SERVICE_ID)
            + " of the agent '"
            + id
            + "' is gone; register a service that is there");
    this.id = id;
    this.service = service;
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
   * What is gone.
   *
   * @return the service reference; null only in an exception that was serialised and read back
   */
  public ServiceReference<?> service() {
    return service;
  }
}

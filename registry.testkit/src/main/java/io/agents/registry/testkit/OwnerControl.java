package io.agents.registry.testkit;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Makes owners of agents come and go. Whatever watches them, such as a backend under test, has been
 * told when a method returns. May be used by many threads at once.
 */
@ConsumerType
public interface OwnerControl {

  /**
   * Makes a new bundle without services.
   *
   * @return a started bundle
   */
  Bundle newBundle();

  /**
   * Registers a service.
   *
   * @param owner a started bundle of {@link #newBundle}
   * @param properties its service properties; may be empty
   * @return its reference
   * @throws IllegalStateException if the bundle is stopped, perhaps at this very moment
   */
  ServiceReference<?> newService(Bundle owner, Map<String, ?> properties);

  /**
   * Registers a service without properties.
   *
   * @param owner a started bundle of {@link #newBundle}
   * @return its reference
   * @throws IllegalStateException if the bundle is stopped, perhaps at this very moment
   */
  default ServiceReference<?> newService(Bundle owner) {
    return newService(owner, Map.of());
  }

  /**
   * Registers a service in a new bundle of its own.
   *
   * @return its reference
   * @throws IllegalStateException if the bundle is stopped, perhaps at this very moment
   */
  default ServiceReference<?> newService() {
    return newService(newBundle());
  }

  /**
   * Changes the properties of a service.
   *
   * @param service a service of {@link #newService}
   * @param properties its properties from now on
   */
  void change(ServiceReference<?> service, Map<String, ?> properties);

  /**
   * Unregisters a service. Its bundle goes on.
   *
   * @param service a service of {@link #newService}
   * @param whileGoing is run on this thread while the service is going: its reference still has its
   *     bundle, and whoever watches may have been told already or may not
   */
  void unregister(ServiceReference<?> service, Runnable whileGoing);

  /**
   * Unregisters a service. Its bundle goes on.
   *
   * @param service a service of {@link #newService}
   */
  default void unregister(ServiceReference<?> service) {
    unregister(service, () -> {});
  }

  /**
   * Stops a bundle, and with it unregisters its services.
   *
   * @param bundle a bundle of {@link #newBundle}
   */
  void stop(Bundle bundle);

  /**
   * Starts a bundle again. It is the same bundle, without services.
   *
   * @param bundle a bundle of {@link #newBundle}
   */
  void start(Bundle bundle);
}

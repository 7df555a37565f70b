package io.agents.registry.core.internal;

import io.agents.registry.api.RegistryListener;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Brings listeners to the registry. A component of its own, because a listener may itself need the
 * registry: nobody waits for this one, so there is no circle.
 */
@Component(
    name = "io.agents.registry.core.listeners",
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ListenersComponent {

  private final EventHub hub;

  /**
   * Starts without listeners.
   *
   * @param whiteboard the registry, with the agents from the service registry
   */
  @Activate
  public ListenersComponent(@Reference WhiteboardComponent whiteboard) {
    hub = whiteboard.core().listeners();
  }

  @Reference(
      name = "listener",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindListener(RegistryListener listener, ServiceReference<RegistryListener> reference) {
    String name =
        "service "
            + reference.getProperty(Constants.SERVICE_ID)
            + " of bundle "
            + reference.getBundle();
    hub.add(reference, name, listener, filter(reference));
  }

  void updatedListener(ServiceReference<RegistryListener> reference) {
    hub.changeFilter(reference, filter(reference));
  }

  void unbindListener(ServiceReference<RegistryListener> reference) {
    hub.remove(reference);
  }

  private static @Nullable String filter(ServiceReference<RegistryListener> reference) {
    Object filter = reference.getProperty(RegistryListener.FILTER);
    return filter == null ? null : filter.toString();
  }
}

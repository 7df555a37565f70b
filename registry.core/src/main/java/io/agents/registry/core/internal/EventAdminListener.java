package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;

/**
 * Passes events on to EventAdmin. Where there is none this component, which alone needs the package
 * {@code org.osgi.service.event}, is never satisfied and its class never loaded.
 */
@Component(
    name = "io.agents.registry.core.eventadmin",
    service = RegistryListener.class,
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class EventAdminListener implements RegistryListener {

  private final EventAdmin eventAdmin;

  /**
   * Begins to pass events on.
   *
   * @param eventAdmin where to
   */
  @Activate
  public EventAdminListener(@Reference EventAdmin eventAdmin) {
    this.eventAdmin = eventAdmin;
  }

  @Override
  public void changed(RegistryEvent event) {
    // Sent, not posted: this is a thread of the listener's own, and what waits for it is bounded.
    // What
    // is posted waits in a queue of EventAdmin that is not.
    eventAdmin.sendEvent(new Event(EVENT_TOPIC_PREFIX + event.type().name(), properties(event)));
  }

  private static Map<String, Object> properties(RegistryEvent event) {
    Agent agent = event.agent();
    Map<String, Object> properties = new HashMap<>();
    properties.put(AgentRegistry.AGENT_ID, agent.id());
    properties.put("agent.registration", agent.registration());
    properties.put("agent.revision", agent.revision());
    properties.put("agent.metadata", agent.metadata());
    properties.put("event.number", event.number());
    properties.put(EventConstants.TIMESTAMP, System.currentTimeMillis());
    properties.put(EventConstants.BUNDLE_ID, agent.owner().getBundleId());
    event.reason().ifPresent(reason -> properties.put("reason", reason.name()));
    putIfThere(properties, EventConstants.BUNDLE_SYMBOLICNAME, agent.owner().getSymbolicName());
    putIfThere(
        properties, EventConstants.SERVICE_ID, agent.service().getProperty(Constants.SERVICE_ID));
    return properties;
  }

  private static void putIfThere(Map<String, Object> properties, String key, Object value) {
    if (value != null) {
      properties.put(key, value);
    }
  }
}

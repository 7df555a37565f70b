package io.agents.registry.flags.internal;

import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;

/**
 * Passes the steps of the rollout on to EventAdmin. Where there is none this component, which alone
 * needs the package {@code org.osgi.service.event}, is never satisfied and its class never loaded.
 */
@Component(
    name = "io.agents.registry.rollout.eventadmin",
    service = RolloutEvents.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class RolloutEvents {

  private final EventAdmin eventAdmin;
  private final Runnable unfollow;

  /**
   * Begins to pass steps on.
   *
   * @param eventAdmin where to
   * @param stages where they come from
   */
  @Activate
  public RolloutEvents(@Reference EventAdmin eventAdmin, @Reference StageComponent stages) {
    this.eventAdmin = eventAdmin;
    this.unfollow = stages.onStep(this::post);
  }

  @Deactivate
  void deactivate() {
    unfollow.run();
  }

  private void post(RolloutChange change) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("from", change.from().toString());
    properties.put("to", change.to().toString());
    properties.put("source", change.source().name());
    properties.put("forced", change.forced());
    properties.put("reason", change.reason());
    properties.put(EventConstants.TIMESTAMP, change.at().toEpochMilli());
    eventAdmin.postEvent(new Event(Rollout.EVENT_TOPIC_PREFIX + change.kind().name(), properties));
  }
}

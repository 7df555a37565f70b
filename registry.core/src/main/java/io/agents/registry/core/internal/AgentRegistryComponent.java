package io.agents.registry.core.internal;

import io.agents.registry.api.AgentRegistry;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The service {@link AgentRegistry}: an instance for each bundle that uses it. */
@Component(
    name = "io.agents.registry.core.registry",
    service = AgentRegistry.class,
    scope = ServiceScope.BUNDLE,
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class AgentRegistryComponent extends AgentRegistryFace {

  /**
   * Makes the instance of one bundle.
   *
   * @param context knows the bundle
   * @param whiteboard the registry, with the agents from the service registry
   */
  @Activate
  public AgentRegistryComponent(
      ComponentContext context, @Reference WhiteboardComponent whiteboard) {
    super(whiteboard.core(), new Caller(context.getUsingBundle(), false));
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Bundle;

/**
 * One whole registry with a backend behind it, or none, for one check. It holds no agent at first.
 */
@ConsumerType
public interface RegistryUnderTest extends RuleCheck.Tested {

  /**
   * The registry as one bundle gets it.
   *
   * @param caller a bundle of {@link OwnerControl#newBundle}
   * @return the service that belongs to this bundle
   */
  AgentRegistry registry(Bundle caller);

  /**
   * The registry for whoever runs it.
   *
   * @return the service
   */
  RegistryAdmin admin();

  /**
   * The owners whose going the registry notices.
   *
   * @return always the same
   */
  OwnerControl owners();

  /**
   * Whether the active backend monitors owners.
   *
   * @return true if agents go with their owners, false if they stay
   */
  boolean monitorsOwners();

  /**
   * Adds a listener, as the registration of a service does.
   *
   * @param listener the listener
   * @param filter its property {@link RegistryListener#FILTER}; empty text for none
   * @return removes the listener
   */
  Runnable listen(RegistryListener listener, String filter);
}

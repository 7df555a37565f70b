package io.agents.registry.testkit;

import io.agents.registry.spi.RegistryBackend;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One new backend with what belongs to it, for one check. Implemented by the author of the backend.
 */
@ConsumerType
public interface BackendUnderTest extends RuleCheck.Tested {

  /**
   * The backend.
   *
   * @return always the same one, empty at first
   */
  RegistryBackend backend();

  /**
   * Whether the backend monitors owners.
   *
   * @return true if the rules for such backends hold for it, else those for the others do
   */
  boolean monitorsOwners();

  /**
   * The owners whose going the backend notices.
   *
   * @return always the same
   */
  OwnerControl owners();

  /**
   * Does to the backend what its component does when it is deactivated. Called once at most, before
   * {@link #close}.
   */
  void deactivate();
}

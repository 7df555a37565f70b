package io.agents.registry.api;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A handle to one registration. It never touches a later registration of the same id. It may be
 * used by any thread; it need not be closed, since the agent goes with its owner.
 *
 * <p>A handle belongs to the registry that gave it. When that has been stopped or updated, the
 * registration goes on in the next one, and this handle can do no more: {@link #agent}, {@link
 * #update} and {@link #close} throw an {@link IllegalStateException}. ({@code close} still works
 * while no other registry is there.) {@link AgentRegistry#registerOrReplace} gives a new handle.
 */
@ProviderType
public interface Registration extends AutoCloseable {

  /**
   * The id of the agent.
   *
   * @return the id
   */
  String id();

  /**
   * The number of this registration.
   *
   * @return {@link Agent#registration()}
   */
  long number();

  /**
   * The agent as it is now.
   *
   * @return the agent in its latest revision, or empty if this registration has ended
   */
  Optional<Agent> agent();

  /**
   * Replaces the metadata, whatever the revision.
   *
   * @param metadata the new metadata, whole; copied
   * @return the agent as it is now, its revision higher by one
   * @throws AgentNotFoundException if this registration has ended
   * @throws InvalidMetadataException as {@link AgentRegistry#register}
   * @throws OwnerGoneException if the agent's service is gone, or is just going
   */
  Agent update(Map<String, ?> metadata);

  /**
   * Replaces the metadata if it has not changed since.
   *
   * @param metadata the new metadata, whole; copied
   * @param expectedRevision the revision that the caller has seen
   * @return the agent as it is now, its revision higher by one
   * @throws StaleRevisionException if the agent is at another revision
   * @throws AgentNotFoundException if this registration has ended
   * @throws InvalidMetadataException as {@link AgentRegistry#register}
   * @throws OwnerGoneException if the agent's service is gone, or is just going
   */
  Agent update(Map<String, ?> metadata, long expectedRevision);

  /** Ends this registration. Does nothing if it has ended already, by whatever cause. */
  @Override
  void close();
}

package io.agents.registry.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * One agent, as it was at one moment: an immutable value.
 *
 * <p>The registration number and the revision together name one state of one agent for the life of
 * the registry: no two registrations share a number, and every change of the metadata raises the
 * revision by one. A hand-over from one backend to another keeps both.
 *
 * @param id the name the agent is registered under
 * @param service the agent itself; its service is fetched by whoever uses the agent, never by the
 *     registry
 * @param owner the bundle that registered the service; kept here because {@code
 *     service.getBundle()} is null once the service is gone
 * @param registrar the bundle that registered the agent; often, but not always, the owner
 * @param metadata what is known about the agent
 * @param registration the number of this registration, unique in the life of the registry and
 *     rising
 * @param revision 1 for a new registration, one more with each change of the metadata
 * @param registeredAtMillis when this registration was made, in milliseconds since the epoch
 */
public record Agent(
    String id,
    ServiceReference<?> service,
    Bundle owner,
    Bundle registrar,
    Metadata metadata,
    long registration,
    long revision,
    long registeredAtMillis) {

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public Agent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(registrar, "registrar");
    Objects.requireNonNull(metadata, "metadata");
  }

  /**
   * The time of registration.
   *
   * @return when this registration was made; updates do not change it
   */
  public Instant registeredAt() {
    return Instant.ofEpochMilli(registeredAtMillis);
  }

  /**
   * The next revision of this agent.
   *
   * @param changed the metadata that replaces the present one
   * @return the same registration with the given metadata and a revision higher by one
   */
  public Agent withMetadata(Metadata changed) {
    return new Agent(
        id, service, owner, registrar, changed, registration, revision + 1, registeredAtMillis);
  }

  /**
   * Whether both are the same state of the same registration. This, and not object identity, is
   * what backends compare by, so that a backend may keep agents outside the heap.
   *
   * @param other another agent, or null
   * @return whether id, registration number and revision are equal; false for null
   */
  public boolean isSameVersionAs(@Nullable Agent other) {
    return other != null
        && registration == other.registration
        && revision == other.revision
        && id.equals(other.id);
  }

  /**
   * Whether the agent's service is gone: unregistered, or its bundle stopped.
   *
   * @return true once the framework has finished unregistering the service; while it is still doing
   *     so, false
   */
  public boolean isOwnerGone() {
    return service.getBundle() == null;
  }
}

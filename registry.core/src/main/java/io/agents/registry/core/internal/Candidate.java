package io.agents.registry.core.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.api.Metadata;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A service that wants to be an agent, as its properties were when they were read.
 *
 * @param service the service
 * @param owner its bundle
 * @param id the id that it wants
 * @param isNamed whether it says so itself, by its {@code agent.id}; else the id was made for it
 * @param ranking its ranking
 * @param serviceId its number
 * @param metadata its metadata; null if they are refused as a whole, which no contest takes
 */
record Candidate(
    ServiceReference<?> service,
    Bundle owner,
    String id,
    boolean isNamed,
    int ranking,
    long serviceId,
    @Nullable Metadata metadata) {

  /**
   * The order of {@link ServiceReference#compareTo}, on what was read: while it is used the live
   * references may change.
   */
  static final Comparator<Candidate> BY_RANKING =
      Comparator.comparingInt(Candidate::ranking)
          .thenComparing(Comparator.comparingLong(Candidate::serviceId).reversed());

  NewAgent newAgent() {
    return new NewAgent(id, service, owner, owner, accepted());
  }

  /** Its metadata, of a candidate in a contest. */
  Metadata accepted() {
    return requireNonNull(metadata);
  }

  Candidate withMetadata(@Nullable Metadata other) {
    return new Candidate(service, owner, id, isNamed, ranking, serviceId, other);
  }
}

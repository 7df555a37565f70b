package io.agents.registry.core.internal;

import io.agents.registry.api.QuotaExceededException;
import org.osgi.framework.Bundle;

/**
 * A quota is used up. Thrown under locks, where a bundle can't be asked for its name; what the
 * caller is told is made of it when the locks are let go of.
 */
final class NoRoomException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String quota;
  private final int limit;
  private final int requested;
  private final transient Bundle owner;

  NoRoomException(String quota, int limit, int requested, Bundle owner) {
    super("no room in " + quota, null, false, false);
    this.quota = quota;
    this.limit = limit;
    this.requested = requested;
    this.owner = owner;
  }

  /** What the caller is told. Asks the bundle for its name, so it is called without locks. */
  QuotaExceededException toBeTold() {
    return new QuotaExceededException(quota, limit, requested, owner);
  }
}

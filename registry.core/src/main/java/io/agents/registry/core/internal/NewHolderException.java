package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;

/**
 * Under the lock an id was held by a registration that nobody had asked about before the lock was
 * taken. Nothing has changed. To be asked about without the lock, and tried again.
 */
final class NewHolderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Agent holder;

  NewHolderException(Agent holder) {
    // It is no failure, and often seen where many want one id: no stack trace.
    super("another registration holds the agent id '" + holder.id() + "'", null, false, false);
    this.holder = holder;
  }

  Agent holder() {
    return holder;
  }
}

package io.agents.registry.core.internal;

/** The registry has been stopped, and refuses registrations. */
final class StoppedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("the agent registry has been stopped");
  }
}

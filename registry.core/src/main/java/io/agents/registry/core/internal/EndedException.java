package io.agents.registry.core.internal;

/** The registry has ended, and does nothing any more. */
final class EndedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  EndedException() {
    super("the agent registry has been stopped; get the service AgentRegistry anew");
  }
}

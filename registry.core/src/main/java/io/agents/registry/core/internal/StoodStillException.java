package io.agents.registry.core.internal;

/** A backend did not get to the end of what it was asked in time, and is not waited for. */
final class StoodStillException extends HandOverFailedException {

  private static final long serialVersionUID = 1L;

  StoodStillException(String message) {
    super(message);
  }
}

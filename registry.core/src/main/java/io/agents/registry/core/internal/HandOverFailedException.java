package io.agents.registry.core.internal;

/** Why a hand-over has to be abandoned. */
class HandOverFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HandOverFailedException(String message) {
    super(message);
  }

  HandOverFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.agents.distribution.runner.internal;

import java.lang.reflect.InvocationTargetException;

/** One line that says what went wrong. */
final class ErrorLine {

  private ErrorLine() {}

  static String of(Throwable thrown) {
    Throwable error = thrown;
    while (error instanceof InvocationTargetException && error.getCause() != null) {
      error = error.getCause();
    }
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      message = error.getClass().getSimpleName();
    }
    return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }
}

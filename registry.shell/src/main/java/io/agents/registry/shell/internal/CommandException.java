package io.agents.registry.shell.internal;

/**
 * Why a command was not done, and what to do: one line for a person. Shells print an exception by
 * its text, so that text is the line alone; where in the code it came from would help nobody.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the line; characters that a terminal would act on are made visible
   */
  public CommandException(String message) {
    super(Printable.of(message), null, false, false);
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // Without the name of the class: see above.
  public String toString() {
    return String.valueOf(getMessage());
  }
}

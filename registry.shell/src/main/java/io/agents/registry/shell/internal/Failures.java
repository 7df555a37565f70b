package io.agents.registry.shell.internal;

import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.RegistryException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the services throw into one line that says what to do. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** Added where a filter is wrong or one too many: the shell may have eaten the brackets. */
  public static final String QUOTE_FILTERS =
      "put a filter in quotes, '(capability=translation)', or the shell evaluates it";

  private Failures() {}

  /**
   * Explains a failure.
   *
   * @param thrown what a service, or the reading of an argument, has thrown
   * @return the line, as an exception
   */
  public static CommandException explain(RuntimeException thrown) {
    if (thrown instanceof CommandException explained) {
      return explained;
    }
    if (thrown instanceof InvalidQueryException query && !query.text().startsWith("(")) {
      return new CommandException(thrown.getMessage() + "; " + QUOTE_FILTERS);
    }
    if (thrown instanceof AgentNotFoundException) {
      return new CommandException(thrown.getMessage() + "; registry:list shows the agents");
    }
    String message = thrown.getMessage();
    if (message != null && isForAPerson(thrown)) {
      return new CommandException(message);
    }
    LOG.error("A command failed in a way that was not foreseen", thrown);
    return new CommandException("the command failed, the log tells where: " + thrown);
  }

  /** The services throw these with a message for a person. */
  private static boolean isForAPerson(RuntimeException thrown) {
    return thrown instanceof RegistryException
        || thrown instanceof IllegalArgumentException
        || thrown instanceof IllegalStateException
        || thrown instanceof UncheckedIOException;
  }
}

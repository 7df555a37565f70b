package io.agents.examples.fleet.internal;

import java.util.Arrays;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The shell command {@code fleet:ask capability text}. Two service properties make any public
 * method a command; nothing of the shell has to be imported.
 */
@Component(
    service = AskCommand.class,
    property = {"osgi.command.scope=fleet", "osgi.command.function=ask"})
public final class AskCommand {

  private static final String USAGE = "usage: fleet:ask capability text";

  private final Dispatcher dispatcher;

  /**
   * Begins.
   *
   * @param dispatcher finds and calls the agents
   */
  @Activate
  public AskCommand(@Reference Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * Prints who did the task, and what came of it.
   *
   * @param words the capability, then the text of the task
   * @throws IllegalArgumentException if a word is missing, or no agent can do it
   */
  public void ask(String... words) {
    if (words.length < 2) {
      throw new IllegalArgumentException(USAGE);
    }
    String task = String.join(" ", Arrays.asList(words).subList(1, words.length));
    Dispatcher.Answer answer =
        dispatcher
            .ask(words[0], task)
            .orElseThrow(() -> new IllegalArgumentException(nobody(words[0])));
    System.out.println(answer.agentId() + ": " + answer.text());
  }

  private static String nobody(String capability) {
    return "no agent with the capability '"
        + capability
        + "' can be asked; registry:list shows what there is";
  }
}

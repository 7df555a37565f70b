package io.agents.reliability;

import io.agents.registry.api.AgentRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.framework.Bundle;

/**
 * What Jazzer calls with a command and its arguments: the first byte is the number of the command,
 * and every NUL ends an argument.
 */
public final class ShellTarget {

  private static final String AGENT = "agent";

  /** Guarded by Jazzer, which calls on one thread. */
  private static final Started STARTED = new Started();

  private static final class Started {
    private ShellCheck commands;
    private AgentRegistry registry;
  }

  private ShellTarget() {}

  /** Starts a framework with the shell; it runs until the process ends. */
  public static void fuzzerInitialize() throws Exception {
    RegistryFramework felix = ShellCheck.startShell();
    Bundle owner = felix.owners().newBundle();
    STARTED.registry = felix.registry(owner);
    STARTED.registry.register(AGENT, felix.owners().newService(owner), Map.of("node", "x"));
    STARTED.commands = ShellCheck.in(felix);
  }

  /** Tries one line. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    STARTED.commands.run(input[0], text.isEmpty() ? new String[0] : text.split("\0", -1));
    if (STARTED.registry.count() != 1 || STARTED.registry.lookup(AGENT).isEmpty()) {
      throw new AssertionError("the agent that was there is gone, or another one is there");
    }
  }
}

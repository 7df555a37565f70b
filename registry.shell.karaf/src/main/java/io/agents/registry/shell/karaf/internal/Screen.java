package io.agents.registry.shell.karaf.internal;

import io.agents.registry.shell.internal.text.Format;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/** What a session shows its answers on. */
final class Screen {

  private static final int STANDARD_OUTPUT = 1;
  private static final String RED = "\u001B[31m";
  private static final String PLAIN = "\u001B[0m";

  private Screen() {}

  /**
   * What the output of a command goes to: as wide as the terminal, and in colours, if it is one;
   * without both in a pipe, a file or the client's output.
   */
  static Format of(Session session) {
    Terminal terminal = session.getTerminal();
    boolean seen = terminal != null && terminal.isAnsiSupported() && !isRedirected();
    return seen ? Format.terminal(terminal.getWidth()) : Format.TEXT;
  }

  /** A line that says what is wrong. */
  static String error(String line, Format screen) {
    return screen.isColoured() ? RED + line + PLAIN : line;
  }

  private static boolean isRedirected() {
    Process process = Process.Utils.current();
    return process != null && !process.isTty(STANDARD_OUTPUT);
  }
}

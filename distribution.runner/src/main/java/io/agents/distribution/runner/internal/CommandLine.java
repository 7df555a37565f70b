package io.agents.distribution.runner.internal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Runs the commands of a command line in one Gogo session, then stops the framework and the
 * process.
 */
final class CommandLine implements Runnable {

  private static final long SHUTDOWN_MILLIS = 30_000;

  private final BundleContext context;
  private final String commands;
  private final PrintStream out;
  private final PrintStream err;

  CommandLine(BundleContext context, String commands, PrintStream out, PrintStream err) {
    this.context = context;
    this.commands = commands;
    this.out = out;
    this.err = err;
  }

  @Override
  public void run() {
    int status = 1;
    try {
      status = execute() ? 0 : 1;
    } catch (InterruptedException e) {
      err.println("stopped before the commands were done");
    }
    // Nothing but what the commands print: what stops without a log service prints there, too. Gogo
    // 1.1.6, for one, meets a null while it stops if a session is collected in that moment.
    out.close();
    err.close();
    exit(status);
  }

  /** Whether every command succeeded. */
  private boolean execute() throws InterruptedException {
    List<String> missing = new Readiness(context).await();
    if (!missing.isEmpty()) {
      missing.forEach(line -> err.println("not ready: " + line));
      return false;
    }
    Terminals.startShell(context);
    ServiceReference<CommandProcessor> reference =
        context.getServiceReference(CommandProcessor.class);
    CommandProcessor processor = reference == null ? null : context.getService(reference);
    if (processor == null) {
      err.println(
          "not ready: there is no command processor; start the bundle org.apache.felix.gogo.runtime");
      return false;
    }
    try (CommandSession session =
        processor.createSession(InputStream.nullInputStream(), out, err)) {
      return execute(session);
    } finally {
      context.ungetService(reference);
    }
  }

  private boolean execute(CommandSession session) {
    PipeFailures failures = PipeFailures.in(session);
    try {
      // Gogo itself goes from one statement to the next, and stops at the first that throws.
      Object result = session.execute(commands);
      if (result != null) {
        out.println(session.format(result, Converter.INSPECT));
      }
      // What has failed in a pipe was told by Gogo, which does not throw it.
      return !failures.any();
    } catch (Exception e) {
      err.println(ErrorLine.of(e));
      return false;
    }
  }

  /**
   * By System.exit, not by stopping the framework: the launcher would end with 0 then. Its hook
   * stops the framework.
   */
  private static void exit(int status) {
    Thread watchdog = new Thread(() -> haltLater(status), "registry-runner-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    System.exit(status);
  }

  private static void haltLater(int status) {
    try {
      TimeUnit.MILLISECONDS.sleep(SHUTDOWN_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(status);
  }
}

package io.agents.distribution.runner.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts the one thread of this bundle: the framework must not wait for itself to be ready. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  /** The commands to run; without it, the console is opened. */
  static final String COMMANDS = "registry.runner.commands";

  private Thread thread;

  /** Made by the framework. */
  public Activator() {}

  @Override
  public void start(BundleContext context) {
    String commands = context.getProperty(COMMANDS);
    Runnable task = commands == null ? new Console(context) : commandLine(context, commands);
    thread = new Thread(task, "registry-runner");
    // The framework's own threads keep the process alive; this one must not.
    thread.setDaemon(true);
    // JLine looks for its terminals with this class loader, and with its own only where there is
    // none.
    thread.setContextClassLoader(null);
    thread.start();
  }

  /**
   * Not System.out and System.err: Gogo puts its own streams there, which lead to those of the
   * session.
   */
  private static CommandLine commandLine(BundleContext context, String commands) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    return new CommandLine(context, commands, out, err);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, Charset.defaultCharset());
  }

  @Override
  public void stop(BundleContext context) {
    thread.interrupt();
  }
}

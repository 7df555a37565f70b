package io.agents.distribution.runner.internal;

import java.util.List;
import org.osgi.framework.BundleContext;

/** Prints the banner, then opens the console. */
final class Console implements Runnable {

  private final BundleContext context;

  Console(BundleContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    try {
      List<String> missing = new Readiness(context).await();
      missing.forEach(line -> System.err.println("not ready: " + line));
      System.out.println("Agent registry " + context.getBundle().getVersion() + " on Apache Felix");
      System.out.println(
          "registry:status tells how it is, registry:list who is there; help lists all commands");
      System.out.println(
          "exit 0 leaves; the log is in "
              + context.getProperty("registry.data")
              + "/log/registry.log");
      Terminals.startShell(context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

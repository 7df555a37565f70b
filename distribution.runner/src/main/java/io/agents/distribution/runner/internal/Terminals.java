package io.agents.distribution.runner.internal;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Starts the bundle that holds the shell; it is installed, but not started, since it opens the
 * console at once.
 */
final class Terminals {

  private static final String SHELL = "org.apache.felix.gogo.jline";
  private static final String JLINE = "org.jline";

  private Terminals() {}

  static void startShell(BundleContext context) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // JLine looks for the kinds of terminals that it has with this class loader.
    bundle(context, JLINE)
        .map(jline -> jline.adapt(BundleWiring.class).getClassLoader())
        .ifPresent(thread::setContextClassLoader);
    try {
      bundle(context, SHELL).ifPresent(Terminals::start);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Optional<Bundle> bundle(BundleContext context, String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst();
  }

  private static void start(Bundle shell) {
    try {
      shell.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      throw new IllegalStateException("the shell can't be started: " + ErrorLine.of(e), e);
    }
  }
}

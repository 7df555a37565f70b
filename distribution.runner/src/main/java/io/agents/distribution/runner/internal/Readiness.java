package io.agents.distribution.runner.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Waits until the framework has reached its start level and the services that commands need are
 * there.
 */
final class Readiness {

  /** Service filters, separated by white space. */
  static final String AWAIT = "registry.runner.await";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BundleContext context;
  private final long deadline;

  Readiness(BundleContext context) {
    this(context, TIMEOUT);
  }

  Readiness(BundleContext context, Duration timeout) {
    this.context = context;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /**
   * Waits for a bounded time.
   *
   * @return what is missing, for a person, one line each; empty if all is there
   */
  List<String> await() throws InterruptedException {
    List<String> missing = new ArrayList<>();
    if (!awaitStartLevel()) {
      missing.add("the framework has not reached its start level");
    }
    String filters = context.getProperty(AWAIT);
    for (String filter : filters == null ? new String[0] : filters.strip().split("\\s+")) {
      if (!awaitService(filter)) {
        missing.add("there is no service " + filter);
      }
    }
    if (!missing.isEmpty()) {
      addInactiveBundles(missing);
    }
    return missing;
  }

  private boolean awaitStartLevel() throws InterruptedException {
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    CountDownLatch started = new CountDownLatch(1);
    FrameworkListener listener =
        event -> {
          if (event.getType() == FrameworkEvent.STARTED) {
            started.countDown();
          }
        };
    context.addFrameworkListener(listener);
    try {
      // After the listener is there, so that the moment can't be missed.
      return framework.getState() == Bundle.ACTIVE
          || started.await(millisLeft(), TimeUnit.MILLISECONDS);
    } finally {
      context.removeFrameworkListener(listener);
    }
  }

  private boolean awaitService(String filter) throws InterruptedException {
    ServiceTracker<Object, Object> tracker;
    try {
      tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
    } catch (InvalidSyntaxException e) {
      return false;
    }
    tracker.open(true);
    try {
      return tracker.waitForService(millisLeft()) != null;
    } finally {
      tracker.close();
    }
  }

  private void addInactiveBundles(List<String> missing) {
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      if (!fragment && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
        missing.add("bundle " + bundle.getSymbolicName() + " is not active");
      }
    }
  }

  /** At least 1: a wait of 0 would have no end. */
  private long millisLeft() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }
}

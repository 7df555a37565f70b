package io.agents.registry.ets.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Knows which services are there. One tracker for all; it keeps references only and never gets a
 * service.
 */
final class OwnerTracker implements ServiceTrackerCustomizer<Object, ServiceReference<?>> {

  // Asking a reference for its bundle does not tell that its service is just being unregistered.
  // The framework tells us,
  // by removedService, before that is finished; so a service is gone for us from then on.
  //
  // Whoever stores an agent asks isGone() before and after. Here, removedService first notes that
  // the service is leaving
  // and then has the owner's agents swept. If the note comes before the second question, the
  // storing thread takes its
  // agent back itself; if it comes after, the agent was stored before the sweep, which finds it. No
  // order leaves it.
  //
  // A service is kept as leaving only until the framework has finished: then its bundle is null,
  // which says the same.
  //
  // Two services are never announced to us in the usual order:
  // - Another listener of the same event may register an agent before our tracker hears of the
  // service. So a service
  //   that we do not know is not gone; it is noted as unconfirmed until we hear of it.
  // - A service that was already leaving when the tracker was opened is never announced at all. An
  // agent stored for it in
  //   that moment is unconfirmed, and swept at the next event of any service, when the bundle has
  // become null.

  private final Set<ServiceReference<?>> live = ConcurrentHashMap.newKeySet();
  private final Set<ServiceReference<?>> leaving = ConcurrentHashMap.newKeySet();
  private final Set<ServiceReference<?>> unconfirmed = ConcurrentHashMap.newKeySet();
  private final Consumer<ServiceReference<?>> sweep;
  private final ServiceTracker<Object, ServiceReference<?>> tracker;

  /** Closing a tracker reports every service as removed, though none is gone. */
  private volatile boolean closed;

  OwnerTracker(BundleContext context, Consumer<ServiceReference<?>> sweep) {
    this.sweep = sweep;
    this.tracker = new ServiceTracker<>(context, allServices(), this);
  }

  void open() {
    // Also services whose classes this bundle could not see.
    tracker.open(true);
  }

  void close() {
    closed = true;
    tracker.close();
    live.clear();
    leaving.clear();
    unconfirmed.clear();
  }

  /**
   * Whether the service is gone or going; an agent for it is about to be stored, or has just been.
   */
  boolean isGone(ServiceReference<?> service) {
    if (leaving.contains(service) || service.getBundle() == null) {
      return true;
    }
    if (!live.contains(service)) {
      unconfirmed.add(service);
    }
    return false;
  }

  @Override
  public ServiceReference<?> addingService(ServiceReference<Object> service) {
    sweepUnconfirmed();
    if (service.getBundle() == null) {
      // Its end has overtaken its beginning.
      sweep.accept(service);
      return null;
    }
    live.add(service);
    unconfirmed.remove(service);
    return service;
  }

  @Override
  public void modifiedService(ServiceReference<Object> service, ServiceReference<?> tracked) {
    // Properties do not matter here.
  }

  @Override
  public void removedService(ServiceReference<Object> service, ServiceReference<?> tracked) {
    if (closed) {
      return;
    }
    leaving.add(service);
    live.remove(service);
    unconfirmed.remove(service);
    sweep.accept(service);
    leaving.removeIf(former -> former.getBundle() == null);
    sweepUnconfirmed();
  }

  private void sweepUnconfirmed() {
    if (unconfirmed.isEmpty()) {
      return;
    }
    // Heard of it between the two steps of isGone().
    unconfirmed.removeIf(live::contains);
    List<ServiceReference<?>> gone =
        unconfirmed.stream().filter(service -> service.getBundle() == null).toList();
    gone.forEach(unconfirmed::remove);
    gone.forEach(sweep);
  }

  private static Filter allServices() {
    try {
      return FrameworkUtil.createFilter("(objectClass=*)");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a constant filter does not parse", e);
    }
  }
}

package io.agents.registry.ets.internal;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * Knows which services are there. One listener for all of them; it keeps references only and never
 * gets a service.
 */
final class OwnerTracker implements AllServiceListener {

  /*
   * Design
   *
   * Asking a reference for its bundle does not tell that its service is just being unregistered. The
   * framework announces that before it does it, on the same thread; so a service is gone for us from
   * the announcement on.
   *
   * Whoever stores an agent notes it under its owner and then asks mayHaveAgents(). Here, the
   * announcement first notes that the service is leaving and then has the owner's agents swept. If
   * our note comes before the question, the agent is refused; if it comes after, the sweep finds the
   * agent. No order leaves it.
   *
   * A service is kept as leaving only until the framework has finished: then its bundle is null,
   * which says the same. Until some later event takes the note away it holds the service by its
   * number and weakly, so that nothing here keeps the classes of a bundle that is gone.
   *
   * Services that are not announced in the usual order:
   *  - Another listener of the same event may register an agent before we hear of the service. So a
   *    service that we do not know is not gone; it is noted as unconfirmed until we hear of it.
   *  - A service that was already leaving when we began to listen is never announced to us. An agent
   *    stored for it in that moment is unconfirmed, and swept at the next event of any service, when
   *    the bundle has become null.
   *  - A bundle that is stopped while it registers a service may have its end announced before its
   *    beginning. That is why this is no ServiceTracker: a tracker drops the end of a service that it
   *    does not know yet, then tracks it, and never hears of it again.
   */

  private final BundleContext context;
  private final Consumer<ServiceReference<?>> sweep;

  private final Set<ServiceReference<?>> live = ConcurrentHashMap.newKeySet();
  private final Set<ServiceReference<?>> unconfirmed = ConcurrentHashMap.newKeySet();
  private final Map<Long, WeakReference<ServiceReference<?>>> leaving = new ConcurrentHashMap<>();

  /** Removes the agents of a service; called under no lock. */
  OwnerTracker(BundleContext context, Consumer<ServiceReference<?>> sweep) {
    this.context = context;
    this.sweep = sweep;
  }

  void open() {
    context.addServiceListener(this);
    // Services that are leaving already are not among these.
    for (ServiceReference<?> service : present()) {
      comes(service);
    }
  }

  void close() {
    try {
      context.removeServiceListener(this);
    } catch (IllegalStateException e) {
      // The bundle has stopped, and its listeners have gone with it.
    }
    live.clear();
    unconfirmed.clear();
    leaving.clear();
  }

  /**
   * Whether agents may be stored for a service: not if it is gone or going. Takes no lock. To be
   * asked when the sweep can find the agent already.
   */
  boolean mayHaveAgents(ServiceReference<?> service) {
    if (!live.contains(service)) {
      // Noted before the question: if the service ends after it, some later event finds it here.
      unconfirmed.add(service);
    }
    return !isGone(service);
  }

  /** Whether the service is gone or going. Takes no lock. */
  boolean isGone(ServiceReference<?> service) {
    // In this order: a service that is not leaving any more has no bundle any more.
    return (!leaving.isEmpty() && leaving.containsKey(number(service)))
        || service.getBundle() == null;
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    ServiceReference<?> service = event.getServiceReference();
    if (event.getType() == ServiceEvent.REGISTERED) {
      comes(service);
    } else if (event.getType() == ServiceEvent.UNREGISTERING) {
      goes(service);
    }
    settle();
  }

  private void comes(ServiceReference<?> service) {
    live.add(service);
    unconfirmed.remove(service);
    if (isGone(service)) {
      // Its end has overtaken its beginning, perhaps before we began to listen.
      live.remove(service);
      sweep.accept(service);
    }
  }

  private void goes(ServiceReference<?> service) {
    leaving.put(number(service), new WeakReference<>(service));
    live.remove(service);
    unconfirmed.remove(service);
    sweep.accept(service);
  }

  /** Forgets what has ended. */
  private void settle() {
    if (!leaving.isEmpty()) {
      leaving.values().removeIf(OwnerTracker::hasEnded);
    }
    if (!unconfirmed.isEmpty()) {
      // Heard of it between the two steps of mayHaveAgents().
      unconfirmed.removeIf(live::contains);
      List<ServiceReference<?>> ended =
          unconfirmed.stream().filter(service -> service.getBundle() == null).toList();
      ended.forEach(unconfirmed::remove);
      ended.forEach(sweep);
    }
  }

  private static boolean hasEnded(WeakReference<ServiceReference<?>> leaving) {
    ServiceReference<?> service = leaving.get();
    return service == null || service.getBundle() == null;
  }

  /** Never given to another service while the framework runs. */
  private static Long number(ServiceReference<?> service) {
    return (Long) service.getProperty(Constants.SERVICE_ID);
  }

  private ServiceReference<?>[] present() {
    try {
      ServiceReference<?>[] services = context.getAllServiceReferences(null, null);
      return services == null ? new ServiceReference<?>[0] : services;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter does not parse", e);
    }
  }
}

package io.agents.registry.core.internal;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Knows of services that are just going. Takes no lock. */
final class GoingServices {

  /*
   * Design: the framework announces the end of a service before it ends it, and until then the service
   * has a bundle, and looks alive to a thread that is late with its beginning or with a change. So it is
   * noted here from the announcement on, by its number, which no other service ever gets, and weakly, so
   * that nothing here keeps the classes of a bundle. Once the framework has finished, the bundle is null,
   * which says the same, and some later event takes the note away.
   */

  private final Map<Long, WeakReference<ServiceReference<?>>> going = new ConcurrentHashMap<>();

  /** Notes that the end of a service was announced. */
  void add(ServiceReference<?> service) {
    going.put(number(service), new WeakReference<>(service));
  }

  /** Whether a service is gone or going. */
  boolean isGone(ServiceReference<?> service) {
    // In this order: a service that is not noted any more has no bundle any more.
    return going.containsKey(number(service)) || service.getBundle() == null;
  }

  /** Forgets what has ended. */
  void settle() {
    if (!going.isEmpty()) {
      going.values().removeIf(GoingServices::hasEnded);
    }
  }

  private static boolean hasEnded(WeakReference<ServiceReference<?>> noted) {
    ServiceReference<?> service = noted.get();
    return service == null || service.getBundle() == null;
  }

  private static Long number(ServiceReference<?> service) {
    return (Long) service.getProperty(Constants.SERVICE_ID);
  }
}

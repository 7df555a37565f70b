package io.agents.registry.flags.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;

/** The implementations that are there, by their service references; none is ever fetched. */
final class Backends {

  private final Map<ServiceReference<?>, String> names = new ConcurrentHashMap<>();

  /**
   * Takes a backend that came or whose properties changed. Without a name it is not one to point
   * at.
   */
  void put(ServiceReference<?> reference) {
    if (reference.getProperty(RegistryBackend.IMPLEMENTATION) instanceof String name) {
      names.put(reference, name);
    } else {
      names.remove(reference);
    }
  }

  void remove(ServiceReference<?> reference) {
    names.remove(reference);
  }

  /** Their names, sorted. */
  Set<String> names() {
    return Collections.unmodifiableSet(new TreeSet<>(names.values()));
  }
}

package io.agents.itests.karaf;

import io.agents.registry.api.AgentRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Registers, looks up and queries on a thread of its own, and notes what fails. */
final class Application implements AutoCloseable {

  private final AgentRegistry registry;
  private final ServiceReference<?> service;
  private final Thread thread = new Thread(this::run, "application");
  private final AtomicLong calls = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  Application(AgentRegistry registry, BundleContext context) {
    this.registry = registry;
    this.service = service(context);
    thread.start();
  }

  static ServiceReference<?> service(BundleContext context) {
    return context.registerService(Object.class, new Object(), null).getReference();
  }

  private void run() {
    registry.register("stays", service, Map.of("capability", List.of("staying")));
    for (int i = 0; !closed; i++) {
      try {
        String id = "comes-and-goes-" + i % 10;
        registry.register(id, service, Map.of("round", i));
        if (registry.lookup(id).isEmpty()) {
          failures.add(id + " was not found");
        }
        if (registry.findByAttribute("capability", "staying").size() != 1) {
          failures.add("stays was not found");
        }
        if (!registry.unregister(id)) {
          failures.add(id + " was not there to be unregistered");
        }
        calls.addAndGet(4);
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
    registry.unregister("stays");
  }

  /** Waits until it has done some more. */
  void moreCalls() {
    long enough = calls.get() + 400;
    KarafContainer.await(() -> "more calls of the application; it failed with " + failures)
        .until(() -> calls.get() >= enough || !failures.isEmpty());
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    closed = true;
    KarafContainer.await(() -> "the end of the application").until(() -> !thread.isAlive());
  }
}

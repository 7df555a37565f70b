package io.agents.itests.karaf.application;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Registers, looks up and queries without end, with whatever registry there is at the moment. How
 * it goes is told by a service of types of Java, so that a test can ask that shares no class with
 * it.
 */
public final class Activator implements BundleActivator, Supplier<Map<String, Object>> {

  private static final int TURNS = 10;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "application");

  private ServiceTracker<AgentRegistry, AgentRegistry> registries;
  private ServiceTracker<RegistryAdmin, RegistryAdmin> admins;
  private ServiceReference<?> service;
  private volatile boolean closed;

  @Override
  public void start(BundleContext context) {
    registries = new ServiceTracker<>(context, AgentRegistry.class, null);
    registries.open();
    admins = new ServiceTracker<>(context, RegistryAdmin.class, null);
    admins.open();
    service = context.registerService(Runnable.class, () -> {}, null).getReference();
    context.registerService(
        Supplier.class,
        this,
        FrameworkUtil.asDictionary(Map.of("application", "io.agents.itests")));
    thread.start();
  }

  @Override
  public void stop(BundleContext context) throws InterruptedException {
    closed = true;
    thread.join(TimeUnit.SECONDS.toMillis(20));
    registries.close();
    admins.close();
  }

  /** Calls that were answered, and refused by a registry that has ended; what went wrong. */
  @Override
  public Map<String, Object> get() {
    RegistryAdmin admin = admins.getService();
    String implementation = admin == null ? "" : admin.status().implementation();
    List<String> ids =
        admin == null ? List.of() : admin.agents().stream().map(Agent::id).sorted().toList();
    return Map.of(
        "calls", calls.get(),
        "refused", refused.get(),
        "failures", List.copyOf(failures),
        "implementation", implementation,
        "ids", ids);
  }

  private void run() {
    AgentRegistry latest = null;
    for (int turn = 0; !closed; turn++) {
      AgentRegistry registry = registries.getService();
      if (registry == null) {
        Thread.onSpinWait();
        continue;
      }
      try {
        if (registry != latest) {
          beginWith(registry, latest != null);
          latest = registry;
        }
        use(registry, "comes-and-goes-" + turn % TURNS);
      } catch (IllegalStateException e) {
        // Right if the registry has ended (R18.5), which may be seen a moment before its service is
        // gone.
        refused.incrementAndGet();
        if (!awaitEnd(registry)) {
          failures.add("refused by a registry that is there: " + e);
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  /** What was registered by call before is there, with a successor too (R18.1). */
  private void beginWith(AgentRegistry registry, boolean successor) {
    if (!successor) {
      registry.register("stays", service, Map.of("capability", List.of("staying")));
    } else if (registry.lookup("stays").isEmpty()) {
      failures.add("stays was lost");
    }
    for (int i = 0; i < TURNS; i++) {
      registry.unregister("comes-and-goes-" + i);
    }
  }

  private void use(AgentRegistry registry, String id) {
    registry.register(id, service, Map.of("capability", "moving"));
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
  }

  private boolean awaitEnd(AgentRegistry registry) {
    long begin = System.nanoTime();
    while (registries.getService() == registry) {
      if (closed) {
        return true;
      }
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(10)) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}

package io.agents.reliability;

import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.OwnerGoneException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * An application: a bundle that others start and stop, and a thread that registers agents for its
 * services, by call and by publishing them, and knows what was accepted.
 */
final class ChaosOwner implements AutoCloseable {

  /** An agent that was accepted, for a service: by a call, or because the service says so. */
  private record Accepted(boolean byCall, ServiceReference<?> service) {}

  private static final int MOST_AGENTS = 50;
  private static final long PATIENCE_SECONDS = 60;

  private final RegistryFramework felix;
  private final String name;
  private final Bundle bundle;
  private final Random random;
  private final Thread thread;

  /** Held by the thread while it makes a step, and by whoever makes it pause. */
  private final Semaphore step = new Semaphore(1, true);

  /* All guarded by `step`. */
  private final Map<String, Accepted> accepted = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<ServiceReference<?>> services = new ArrayList<>();
  private long numbers;
  private long longestNanos;
  private Throwable failure;

  private final AtomicLong calls = new AtomicLong();

  private volatile boolean stopped;

  ChaosOwner(RegistryFramework felix, int number, long seed) {
    this.felix = felix;
    name = "owner-" + number;
    bundle = felix.owners().newBundle();
    random = new Random(seed + 1 + number);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Bundle bundle() {
    return bundle;
  }

  private void run() {
    while (!stopped) {
      step.acquireUninterruptibly();
      try {
        if (failure == null) {
          act();
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        step.release();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void act() {
    BundleContext context = bundle.getBundleContext();
    if (context == null) {
      return;
    }
    try {
      switch (random.nextInt(6)) {
        case 0 -> services.add(felix.owners().newService(bundle));
        case 1 -> publish();
        case 2 -> unregister(context);
        default -> register(context);
      }
    } catch (IllegalStateException e) {
      // The bundle was stopped a moment ago, or the registry was.
    }
  }

  /** A service that is an agent by its properties; whichever registry is there has to find it. */
  private void publish() {
    if (accepted.size() < MOST_AGENTS) {
      String id = name + "-published-" + ++numbers;
      unknown.add(id);
      ServiceReference<?> service =
          felix.owners().newService(bundle, Map.of("agent.id", id, "agent.node", name));
      accepted.put(id, new Accepted(false, service));
      unknown.remove(id);
    }
  }

  private void register(BundleContext context) {
    services.removeIf(service -> service.getBundle() == null);
    ServiceReference<AgentRegistry> reference = context.getServiceReference(AgentRegistry.class);
    AgentRegistry registry = reference == null ? null : context.getService(reference);
    if (registry == null || services.isEmpty() || accepted.size() >= MOST_AGENTS) {
      return;
    }
    ServiceReference<?> service = services.get(random.nextInt(services.size()));
    String id = name + "-" + ++numbers;
    unknown.add(id);
    try {
      timed(() -> registry.register(id, service, Map.of("node", name)));
      accepted.put(id, new Accepted(true, service));
      unknown.remove(id);
    } catch (OwnerGoneException e) {
      // Refused, so nothing stays.
      unknown.remove(id);
    }
    timed(() -> registry.lookup(id));
    timed(() -> registry.findByAttribute("node", name));
  }

  private void unregister(BundleContext context) {
    ServiceReference<AgentRegistry> reference = context.getServiceReference(AgentRegistry.class);
    AgentRegistry registry = reference == null ? null : context.getService(reference);
    List<String> byCall =
        accepted.entrySet().stream()
            .filter(agent -> agent.getValue().byCall())
            .map(Map.Entry::getKey)
            .toList();
    if (registry == null || byCall.isEmpty()) {
      return;
    }
    String id = byCall.get(random.nextInt(byCall.size()));
    unknown.add(id);
    accepted.remove(id);
    try {
      timed(() -> registry.updateMetadata(id, Map.of("node", name, "n", numbers)));
    } catch (AgentNotFoundException | OwnerGoneException e) {
      // Its service has gone.
    }
    timed(() -> registry.unregister(id));
    unknown.remove(id);
  }

  private void timed(Runnable call) {
    long begin = System.nanoTime();
    try {
      call.run();
    } finally {
      longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
      calls.incrementAndGet();
    }
  }

  /** Makes the thread stand still between two steps. */
  void pause() {
    try {
      if (!step.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            name + " hangs in " + List.of(thread.getStackTrace()) + " after " + calls + " calls");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** To be called after {@link #pause}, as all below. */
  void resume() {
    step.release();
  }

  /** The ids that the registry has to hold, whichever of them accepted them: of the living. */
  Set<String> accepted() {
    accepted.values().removeIf(agent -> agent.service().getBundle() == null);
    return new TreeSet<>(accepted.keySet());
  }

  /** The ids of calls that did not return, because something stopped. */
  Set<String> unknown() {
    return unknown;
  }

  void requireNoFailure() {
    if (failure != null) {
      throw new AssertionError(name + " failed: " + failure, failure);
    }
  }

  /** May be asked at any time. */
  long calls() {
    return calls.get();
  }

  long longestCallNanos() {
    return longestNanos;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

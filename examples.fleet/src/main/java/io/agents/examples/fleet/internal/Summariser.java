package io.agents.examples.fleet.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.StaleRevisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Shortens a text to its first sentence. Its metadata nests and changes while it runs, so it
 * registers itself by a call, and tells the registry after every {@value #REPORT_EVERY} tasks how
 * many it has done.
 */
@Component(
    service = {},
    immediate = true)
public final class Summariser implements TaskHandler {

  static final String ID = "summariser-1";
  static final int REPORT_EVERY = 3;

  private final AtomicLong handled = new AtomicLong();
  private final ServiceRegistration<TaskHandler> service;

  /** Null for the moment in which the service is there already, but the agent is not. */
  private volatile Registration registration;

  /**
   * Publishes the service, then registers it as an agent.
   *
   * @param context registers the service
   * @param registry registers the agent; if another one comes, the component is made anew
   */
  @Activate
  public Summariser(BundleContext context, @Reference AgentRegistry registry) {
    service = context.registerService(TaskHandler.class, this, null);
    try {
      registration = registry.register(ID, service.getReference(), metadata(0));
    } catch (RuntimeException e) {
      service.unregister();
      throw e;
    }
  }

  @Deactivate
  void stop() {
    registration.close();
    service.unregister();
  }

  @Override
  public String handle(String task) {
    String text = task.strip();
    int end = text.indexOf(". ");
    if (handled.incrementAndGet() % REPORT_EVERY == 0) {
      report();
    }
    return end < 0 ? text : text.substring(0, end + 1);
  }

  /**
   * Tells how many tasks are done. Two threads may be here at once: each reads the revision before
   * the number, and writes only if the revision is still the same, so that a lower number never
   * replaces a higher one.
   */
  private void report() {
    try {
      Optional<Agent> seen = Optional.ofNullable(registration).flatMap(Registration::agent);
      while (seen.isPresent() && !update(seen.get().revision())) {
        seen = registration.agent();
      }
    } catch (AgentNotFoundException | OwnerGoneException | IllegalStateException e) {
      // This component was stopped meanwhile, or the registry was; the task is done all the same.
    }
  }

  /** Whether the revision was still the same. */
  private boolean update(long revision) {
    try {
      registration.update(metadata(handled.get()), revision);
      return true;
    } catch (StaleRevisionException e) {
      return false; // Another thread was faster.
    }
  }

  private static Map<String, ?> metadata(long handled) {
    return Map.of(
        "capability", List.of("summarisation"),
        "health_status", Health.HEALTHY,
        "node", "node-1",
        "resources", Map.of("memory", 4096, "cpu", 4.0, "gpu", Map.of("count", 2, "memory", 24576)),
        "tasks", Map.of("handled", handled));
  }
}

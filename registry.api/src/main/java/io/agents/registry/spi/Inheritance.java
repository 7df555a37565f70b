package io.agents.registry.spi;

import io.agents.registry.api.Agent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * What a registry that has ended leaves to the one that follows it in the same framework: the
 * agents that were registered by call, and the number of the latest registration. (Agents from the
 * service registry are found there again.)
 *
 * <p>It waits as a service under its own class, registered for the bundle that this class comes
 * from: whatever becomes of the bundle of the registry, it is there, and it goes with the classes
 * of what it holds. Any number of threads may use it.
 */
public final class Inheritance {

  /** By registration number. Null once they were claimed. Guarded by this. */
  private @Nullable Map<Long, Agent> agents;

  /** Null before it is offered, and after the end. Guarded by this. */
  private @Nullable ServiceRegistration<Inheritance> offer;

  private final long lastRegistration;

  /**
   * Of a registry that has ended.
   *
   * @param agents what it held
   * @param lastRegistration the highest number that it gave to a registration; 0 if it gave none
   */
  public Inheritance(Collection<Agent> agents, long lastRegistration) {
    Map<Long, Agent> byNumber = new LinkedHashMap<>();
    agents.forEach(agent -> byNumber.put(agent.registration(), agent));
    this.agents = byNumber;
    this.lastRegistration = lastRegistration;
  }

  /**
   * The number that the successor's registrations have to be above.
   *
   * @return the highest number that was given to a registration; 0 if none was
   */
  public long lastRegistration() {
    return lastRegistration;
  }

  /**
   * Offers it as a service. To be called once.
   *
   * @param holder the context of the bundle of this class
   * @throws IllegalStateException if that bundle is not started
   */
  public void offer(BundleContext holder) {
    ServiceRegistration<Inheritance> made = holder.registerService(Inheritance.class, this, null);
    boolean late;
    synchronized (this) {
      late = agents == null;
      offer = late ? null : made;
    }
    if (late) {
      made.unregister();
    }
  }

  /**
   * Takes everything, for good, and ends the offer.
   *
   * @return the agents; empty for everybody but the first
   */
  public List<Agent> claim() {
    List<Agent> claimed;
    ServiceRegistration<Inheritance> ended;
    synchronized (this) {
      claimed = agents == null ? List.of() : new ArrayList<>(agents.values());
      agents = null;
      ended = offer;
      offer = null;
    }
    if (ended != null) {
      try {
        ended.unregister();
      } catch (IllegalStateException e) {
        // The bundle that it was registered for has stopped, and taken it along.
      }
    }
    return claimed;
  }

  /**
   * Ends a registration that nobody has claimed yet.
   *
   * @param registration its number
   * @return false if everything was claimed already; else the registration is not among what is
   *     left, whether it was before or not
   */
  public synchronized boolean withdraw(long registration) {
    if (agents == null) {
      return false;
    }
    agents.remove(registration);
    return true;
  }
}

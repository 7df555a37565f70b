package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.spi.Inheritance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over from the registry that was there before, and leaves to the one that comes after. */
final class Succession {

  /*
   * Design
   *
   * Agents that were registered by call are known to nobody but the registry, so they must outlive its
   * bundle, and Declarative Services, when either is updated. What they consist of are classes of the
   * API, of the framework and of Java. So they are left as a service of the API's bundle, which is there
   * as long as its classes are: a registry of other classes could do nothing with them.
   *
   * Not left in the backend: who follows would have to know what of a backend's content is meant for it,
   * no backend may be there, and backends go with Declarative Services as the registry does.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  private final BundleContext context;

  Succession(BundleContext context) {
    this.context = context;
  }

  /** Everything that was left to whoever follows, but the agents whose owner is gone. */
  Estate claim() {
    Map<String, Agent> living = new LinkedHashMap<>();
    long last = 0;
    int dropped = 0;
    for (ServiceReference<?> offer : offers()) {
      if (context.getService(offer) instanceof Inheritance left) {
        last = Math.max(last, left.lastRegistration());
        for (Agent agent : left.claim()) {
          if (agent.isOwnerGone() || living.putIfAbsent(agent.id(), agent) != null) {
            dropped++;
          }
        }
      }
    }
    if (!living.isEmpty() || dropped > 0) {
      LOG.info(
          "Took over {} agents from the registry before this one ({} dropped because their owner is gone)",
          living.size(),
          dropped);
    }
    return new Estate(List.copyOf(living.values()), last);
  }

  /** Leaves this to whoever follows. While the framework stops, nobody will. */
  void leave(Inheritance inheritance) {
    if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
      return;
    }
    BundleContext holder = holder();
    try {
      if (holder != null) {
        inheritance.offer(holder);
        return;
      }
    } catch (IllegalStateException e) {
      LOG.debug("The bundle of the API has stopped just now", e);
    }
    int lost = inheritance.claim().size();
    if (lost > 0) {
      LOG.info(
          "{} agents that were registered by call end here: the bundle of the API is stopped",
          lost);
    }
  }

  /** The bundle of the API; the framework itself, if that has brought its classes along. */
  private @Nullable BundleContext holder() {
    Bundle api = FrameworkUtil.getBundle(Inheritance.class);
    return api != null
        ? api.getBundleContext()
        : context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
  }

  private ServiceReference<?>[] offers() {
    try {
      // All: where the framework brings the API along, there is no wire to compare by.
      ServiceReference<?>[] all =
          context.getAllServiceReferences(Inheritance.class.getName(), null);
      return all == null ? new ServiceReference<?>[0] : all;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter does not parse", e);
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the services that have an {@code agent.id} as agents. */
final class Whiteboard
    implements ServiceTrackerCustomizer<Object, Whiteboard.ServiceAgent>,
        AllServiceListener,
        IdWatch {

  /*
   * Design
   *
   * One tracker that keeps references only tells of services that come and go. That their properties
   * change is told by a listener of its own, since a tracker passes over a change that comes while it
   * is adding the service.
   *
   * Properties are read without a lock; the framework may tell of two changes of one service on two
   * threads, so what was read first may come in last. Therefore every reading takes a number before it
   * begins. A reading with a higher number has seen at least as much; one with a lower number than the
   * last that came in is thrown away.
   *
   * `lock` makes the decisions about ids one after the other. Under it the registry's own writes are
   * called, and so the write locks are taken, never the other way round: writers tell of ids that
   * became free when they have let go of their locks. They look into `contests` first, which has an id
   * before its first registration is tried; so no id becomes free unseen.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Whiteboard.class);
  private static final String FILTER = "(" + AgentRegistry.AGENT_ID + "=*)";

  /** A service with an {@code agent.id}. */
  static final class ServiceAgent {
    private final AtomicLong readings = new AtomicLong();

    /** The fields that follow are guarded by the lock of the whiteboard. */
    private final Set<String> logged = new HashSet<>();

    private long lastReading;
    private @Nullable Contest contest;
    private boolean gone;
  }

  private final BundleContext context;
  private final RegistryCore core;
  private final ServiceTracker<Object, ServiceAgent> tracker;
  private final Map<ServiceReference<?>, ServiceAgent> services = new ConcurrentHashMap<>();

  /** Written under the lock; read by writers without. */
  private final Map<String, Contest> contests = new ConcurrentHashMap<>();

  private final Object lock = new Object();
  private volatile boolean closed;

  Whiteboard(BundleContext context, RegistryCore core) {
    this.context = context;
    this.core = core;
    this.tracker = new ServiceTracker<>(context, filter(), this);
  }

  /** Registers the services that are there, and from now on those that come. */
  void open() {
    core.changes().watch(this);
    try {
      context.addServiceListener(this, FILTER);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    tracker.open(true);
  }

  /** Takes no more notice of services. */
  void close() {
    closed = true;
    core.changes().watch(IdWatch.NONE);
    context.removeServiceListener(this);
    tracker.close();
  }

  @Override
  public ServiceAgent addingService(ServiceReference<Object> reference) {
    ServiceAgent service = new ServiceAgent();
    services.put(reference, service);
    read(reference, service);
    return service;
  }

  /** Changes come through {@link #serviceChanged}. */
  @Override
  public void modifiedService(ServiceReference<Object> reference, ServiceAgent service) {}

  @Override
  public void removedService(ServiceReference<Object> reference, ServiceAgent service) {
    services.remove(reference, service);
    if (closed) {
      return;
    }
    synchronized (lock) {
      service.gone = true;
      leave(reference, service, Reason.OWNER_GONE);
    }
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    if (event.getType() == ServiceEvent.MODIFIED) {
      ServiceReference<?> reference = event.getServiceReference();
      ServiceAgent service = services.get(reference);
      if (service != null) {
        read(reference, service);
      }
    }
  }

  @Override
  public void ended(Agent agent, Reason reason) {
    Contest contest = contests.get(agent.id());
    if (contest != null) {
      contest.ended(agent, reason);
    }
  }

  @Override
  public void freed(String id) {
    if (contests.containsKey(id)) {
      synchronized (lock) {
        Contest contest = contests.get(id);
        if (contest != null && !closed) {
          contest.settle();
        }
      }
    }
  }

  private void read(ServiceReference<?> reference, ServiceAgent service) {
    long number = service.readings.incrementAndGet();
    ServiceReading reading = ServiceReading.of(reference, core.checks());
    synchronized (lock) {
      if (!closed && !service.gone && number > service.lastReading) {
        service.lastReading = number;
        try {
          take(reference, service, reading);
        } catch (RuntimeException e) {
          LOG.warn(
              "The service {} of bundle {} is not registered as an agent",
              reference.getProperty(Constants.SERVICE_ID),
              reference.getBundle(),
              e);
        }
      }
    }
  }

  private void take(ServiceReference<?> reference, ServiceAgent service, ServiceReading reading) {
    for (String problem : reading.problems()) {
      if (service.logged.add(problem)) {
        LOG.warn(
            "The service {} of bundle {}: {}",
            reference.getProperty(Constants.SERVICE_ID),
            reference.getBundle(),
            problem);
      }
    }
    Candidate candidate = reading.candidate();
    Contest present = service.contest;
    if (candidate == null) {
      leave(reference, service, Reason.ASKED);
      return;
    }
    if (present != null && !present.id().equals(candidate.id())) {
      leave(reference, service, Reason.ASKED);
    } else if (present != null && candidate.metadata() == null) {
      Candidate former = present.candidate(reference);
      candidate = former == null ? candidate : candidate.withMetadata(former.metadata());
    }
    if (candidate.metadata() != null) {
      Contest contest =
          contests.computeIfAbsent(candidate.id(), id -> new Contest(id, core.writes()));
      service.contest = contest;
      contest.enter(candidate);
    }
  }

  private void leave(ServiceReference<?> reference, ServiceAgent service, Reason reason) {
    Contest contest = service.contest;
    if (contest != null) {
      service.contest = null;
      contest.leave(reference, reason);
      if (contest.isEmpty()) {
        contests.remove(contest.id());
      }
    }
  }

  private static Filter filter() {
    try {
      return FrameworkUtil.createFilter(FILTER);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

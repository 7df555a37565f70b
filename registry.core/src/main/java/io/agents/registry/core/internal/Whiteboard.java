package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * Registers services as agents: those that have an {@code agent.id}, and those that a filter
 * chooses.
 */
final class Whiteboard implements AllServiceListener, IdWatch {

  /*
   * Design
   *
   * One listener hears of all services, and keeps references only. It has no filter of its own, so that
   * ours may be exchanged, and is no ServiceTracker, which drops the end of a service that it does not
   * know yet: a bundle that is stopped while it registers a service may have the end announced before
   * the beginning. Here an end that was announced is remembered (GoingServices).
   *
   * Properties are read without a lock; the framework may tell of two changes of one service on two
   * threads, so what was read first may come in last. Therefore every reading takes a number before it
   * begins. A reading with a higher number has seen at least as much; one with a lower number than the
   * last that came in is thrown away. To know that one, a service is kept as long as a reading of it is
   * under way, be it an agent or not. A reading by a filter that was exchanged meanwhile is done again:
   * the look at all services that follows the exchange may have overtaken it.
   *
   * `lock` makes the decisions about ids one after the other. Under it the registry's own writes are
   * called, and so the write locks are taken, never the other way round: writers tell of ids that
   * became free when they have let go of their locks. They look into `contests` first, which has an id
   * before its first registration is tried; so no id becomes free unseen.
   *
   * Our own services are agents too if the filter says so. That ends: what the registry does with an
   * agent changes no service.
   */

  /**
   * A service that is an agent, or may be. The fields are guarded by the lock of the whiteboard.
   */
  private static final class ServiceAgent {
    private final Set<String> told = new HashSet<>();
    private int underWay;
    private long lastReading;
    private boolean isWanted;
    private @Nullable Contest contest;

    boolean isIdle() {
      return underWay == 0 && !isWanted;
    }
  }

  private final BundleContext context;
  private final RegistryCore core;
  private final WhiteboardLog log = new WhiteboardLog();
  private final GoingServices going = new GoingServices();
  private final AtomicLong readings = new AtomicLong();

  /** Written under the lock; whether a service is there is asked without. */
  private final Map<ServiceReference<?>, ServiceAgent> services = new ConcurrentHashMap<>();

  /** Written under the lock; read by writers without. */
  private final Map<String, Contest> contests = new ConcurrentHashMap<>();

  private final Object lock = new Object();

  /** Written under the lock. */
  private volatile @Nullable Filter filter;

  private volatile boolean closed;

  /**
   * A whiteboard that is not open yet.
   *
   * @param filter chooses services without an {@code agent.id}; null for none of them
   */
  Whiteboard(BundleContext context, RegistryCore core, @Nullable Filter filter) {
    this.context = context;
    this.core = core;
    this.filter = filter;
  }

  /** Registers the services that are there, and from now on those that come. */
  void open() {
    core.changes().watch(this);
    context.addServiceListener(this);
    lookAtAll();
    if (filter != null) {
      tellOfFilter();
    }
  }

  /** Exchanges the filter. When this returns, exactly the services that it chooses are agents. */
  void filter(@Nullable Filter other) {
    synchronized (lock) {
      if (closed || Objects.equals(filter, other)) {
        return;
      }
      filter = other;
    }
    lookAtAll();
    tellOfFilter();
  }

  /** Takes no more notice of services; none of them is an agent any more. */
  void close() {
    core.changes().watch(IdWatch.NONE);
    try {
      context.removeServiceListener(this);
    } catch (IllegalStateException e) {
      // The bundle has stopped, and its listeners have gone with it.
    }
    synchronized (lock) {
      closed = true;
      contests.values().forEach(Contest::close);
      contests.clear();
      services.clear();
    }
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING) {
      goes(event.getServiceReference());
    } else {
      look(event.getServiceReference());
    }
    going.settle();
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

  private void lookAtAll() {
    for (ServiceReference<?> service : present()) {
      look(service);
    }
  }

  /** Reads a service, and again if the filter was exchanged meanwhile. */
  private void look(ServiceReference<?> service) {
    Filter by;
    do {
      by = filter;
      if (!services.containsKey(service) && !ServiceReading.isWanted(service, by)) {
        return;
      }
      ServiceAgent agent;
      long number;
      synchronized (lock) {
        agent = services.computeIfAbsent(service, unknown -> new ServiceAgent());
        agent.underWay++;
        number = readings.incrementAndGet();
      }
      ServiceReading reading = null;
      try {
        reading = ServiceReading.of(service, by, core.checks());
      } finally {
        synchronized (lock) {
          agent.underWay--;
          if (reading != null && !closed && by == filter && number > agent.lastReading) {
            agent.lastReading = number;
            take(service, agent, reading);
          }
          forgetIfIdle(service, agent);
        }
      }
    } while (by != filter);
  }

  /** Its end was announced. */
  private void goes(ServiceReference<?> service) {
    // First noted, then looked for: a reading that comes in later finds the note.
    going.add(service);
    if (services.containsKey(service)) {
      synchronized (lock) {
        ServiceAgent agent = services.get(service);
        if (agent != null && !closed) {
          agent.isWanted = false;
          leave(service, agent, Reason.OWNER_GONE);
          forgetIfIdle(service, agent);
        }
      }
    }
  }

  private void take(ServiceReference<?> service, ServiceAgent agent, ServiceReading reading) {
    agent.isWanted = false;
    try {
      if (going.isGone(service)) {
        leave(service, agent, Reason.OWNER_GONE);
        return;
      }
      agent.isWanted = reading.candidate() != null || !reading.problems().isEmpty();
      log.problems(service, reading, agent.told);
      compete(service, agent, reading.candidate());
    } catch (RuntimeException e) {
      log.failed(service, e);
    }
  }

  private void compete(
      ServiceReference<?> service, ServiceAgent agent, @Nullable Candidate candidate) {
    Contest present = agent.contest;
    if (candidate == null) {
      leave(service, agent, Reason.ASKED);
      return;
    }
    Candidate competing = candidate;
    if (present != null && !present.id().equals(candidate.id())) {
      leave(service, agent, Reason.ASKED);
    } else if (present != null && candidate.metadata() == null) {
      Candidate former = present.candidate(service);
      competing = former == null ? candidate : candidate.withMetadata(former.metadata());
    }
    if (competing.metadata() != null) {
      Contest contest =
          contests.computeIfAbsent(competing.id(), id -> new Contest(id, core.writes(), log));
      agent.contest = contest;
      contest.enter(competing);
    }
  }

  private void leave(ServiceReference<?> service, ServiceAgent agent, Reason reason) {
    Contest contest = agent.contest;
    if (contest != null) {
      agent.contest = null;
      contest.leave(service, reason);
      if (contest.isEmpty()) {
        contests.remove(contest.id());
      }
    }
  }

  private void forgetIfIdle(ServiceReference<?> service, ServiceAgent agent) {
    if (agent.isIdle()) {
      services.remove(service, agent);
    }
  }

  private void tellOfFilter() {
    synchronized (lock) {
      log.filtered(filter, (int) contests.values().stream().filter(Contest::isHeld).count());
    }
  }

  private ServiceReference<?>[] present() {
    try {
      ServiceReference<?>[] all = context.getAllServiceReferences(null, null);
      return all == null ? new ServiceReference<?>[0] : all;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter does not parse", e);
    }
  }
}

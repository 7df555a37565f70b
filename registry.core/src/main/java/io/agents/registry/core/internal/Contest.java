package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentAlreadyRegisteredException;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.QuotaExceededException;
import io.agents.registry.api.RegistryEvent.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services that want to be the agent of one id. The best of them is. */
final class Contest {

  /*
   * Design
   *
   * All methods but `ended` are called with the lock of the whiteboard held, which guards the fields.
   *
   * The registration made here may end without the whiteboard, and it makes a difference how:
   *  - unregistered by a call, or swept by a backend: the service does not come back by itself, or
   *    nobody could unregister it; the next best may have the id;
   *  - replaced by a call: the service waits until the id is free.
   * So the reason is noted when it happens, under the write lock of the id, and looked at here later.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Contest.class);

  private final String id;
  private final Writes writes;
  private final WhiteboardLog log;
  private final Map<ServiceReference<?>, Candidate> candidates = new HashMap<>();
  private final Set<ServiceReference<?>> dismissed = new HashSet<>();
  private final Set<ServiceReference<?>> warned = new HashSet<>();
  private final Set<ServiceReference<?>> overQuota = new HashSet<>();

  /** Whose registration it is, with the metadata that were registered last; null if nobody's. */
  private @Nullable Candidate holder;

  /** The number of that registration, or 0. Written under the write lock of the id as well. */
  private volatile long number;

  /** How that registration ended; null if it has not. Written under the write lock of the id. */
  private volatile @Nullable Reason ended;

  Contest(String id, Writes writes, WhiteboardLog log) {
    this.id = id;
    this.writes = writes;
    this.log = log;
  }

  String id() {
    return id;
  }

  boolean isEmpty() {
    return candidates.isEmpty();
  }

  /** What was read of a service before, or null. */
  @Nullable Candidate candidate(ServiceReference<?> service) {
    return candidates.get(service);
  }

  void enter(Candidate candidate) {
    candidates.put(candidate.service(), candidate);
    settle();
  }

  void leave(ServiceReference<?> service, Reason reason) {
    candidates.remove(service);
    dismissed.remove(service);
    warned.remove(service);
    overQuota.remove(service);
    if (holder != null && holder.service().equals(service)) {
      writes.remove(id, this::isMine, reason);
      forget();
    }
    settle();
  }

  /** Whether one of the services is the agent now. */
  boolean isHeld() {
    return holder != null && ended == null;
  }

  /** Ends the registration, if there is one, and lets nobody follow. */
  void close() {
    candidates.clear();
    if (holder != null) {
      writes.remove(id, this::isMine, Reason.ASKED);
      forget();
    }
  }

  /** Called with the write lock of the id held. */
  void ended(Agent agent, Reason reason) {
    if (isMine(agent)) {
      ended = reason;
    }
  }

  /** Sees to it that the best service holds the id, as it is now. */
  void settle() {
    noteEnd();
    Candidate best =
        candidates.values().stream()
            .filter(candidate -> !dismissed.contains(candidate.service()))
            .max(Candidate.BY_RANKING)
            .orElse(null);
    if (best == null) {
      return;
    }
    try {
      if (holder == null) {
        register(best, TakeOver.OF_THE_DEAD);
      } else if (holder.service().equals(best.service())) {
        update(holder, best);
      } else {
        register(best, this::requireMine);
      }
    } catch (AgentAlreadyRegisteredException e) {
      if (warned.add(best.service())) {
        LOG.warn(
            "The service {} of bundle {} waits for its agent.id: {}",
            best.serviceId(),
            best.owner(),
            e.getMessage());
      }
    } catch (QuotaExceededException e) {
      if (overQuota.add(best.service())) {
        log.noRoom(best, e);
      }
    } catch (OwnerGoneException | AgentNotFoundException e) {
      // It is just going, or somebody was faster: either will be told of, and looked at again.
      LOG.debug("Not settled: {}", e.getMessage());
    }
  }

  private void noteEnd() {
    Reason reason = ended;
    if (holder != null && reason != null) {
      if (reason != Reason.REPLACED) {
        dismissed.add(holder.service());
      }
      forget();
    }
  }

  private void forget() {
    holder = null;
    number = 0;
    ended = null;
  }

  private void register(Candidate best, TakeOver condition) {
    writes.register(
        best.newAgent(),
        condition,
        agent -> {
          holder = best;
          number = agent.registration();
          ended = null;
        });
  }

  private void update(Candidate present, Candidate best) {
    if (!best.accepted().equals(present.metadata())) {
      writes.update(id, best.accepted(), this::requireSame, Handle.ANY_REVISION);
    }
    holder = best;
  }

  private void requireMine(Agent present) {
    if (!isMine(present)) {
      throw new AgentAlreadyRegisteredException(present);
    }
  }

  private void requireSame(Agent present) {
    if (!isMine(present)) {
      throw new AgentNotFoundException(id, number);
    }
  }

  private boolean isMine(Agent agent) {
    return agent.registration() == number;
  }
}

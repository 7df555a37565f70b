package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.spi.RegistryBackend;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges the active backend for another one. Never run by two threads at once. */
final class HandOver {

  /*
   * Design
   *
   *  1. In one instant without writes the next backend becomes the mirror: from now on it is given
   *     every write, after the active one and in the same order for each id.
   *  2. All agents are copied, without the locks of writers: a backend that hangs here harms nobody.
   *     The copy may overtake a removal or an update, so what it leaves is not trusted.
   *  3. Each id that either side holds is compared under its lock, and mended. From then on that id is
   *     the same on both sides, since all its later writes go to both. So nothing that was removed is
   *     revived, and nothing falls back to an earlier revision.
   *  4. In a second instant the route moves, if the mirror has not failed meanwhile and both sides hold
   *     equally many agents. Agents that the next backend refuses because their owner is gone vanish
   *     here, and listeners are told.
   *  5. The former backend is cleared, after the route has moved: a reader that is still in there
   *     looks at the route again when it finds nothing.
   * Whatever fails before the route moves ends in `abandon`: the route is as it was before, and the
   * former backend has missed nothing, because it was the active one all the while.
   */

  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;
  private final SwapLog log;

  private volatile boolean underWay;

  HandOver(Routing routing, WriteLocks locks, Changes changes, SwapLog log) {
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
    this.log = log;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Hands everything over to another backend, or leaves everything as it is and says why. */
  SwapReport to(NamedBackend next) {
    underWay = true;
    try {
      return new Run(next).report();
    } finally {
      underWay = false;
    }
  }

  /** One hand-over. */
  private final class Run {
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final String from = routing.route().name();
    private final RegistryBackend active = routing.route().active();
    private final NamedBackend next;
    private final RegistryBackend backend;
    private final Mirror mirror;
    private int before;
    private int after;
    private int mended;

    Run(NamedBackend next) {
      this.next = next;
      this.backend = next.backend();
      this.mirror = new Mirror(next);
    }

    SwapReport report() {
      locks.resetLongestWait();
      List<Agent> dropped;
      try {
        begin();
        copy();
        compare();
        dropped = move();
      } catch (RuntimeException | Error e) {
        return abandon(e);
      }
      leaveFormer();
      SwapReport report = end(dropped.size(), Outcome.COMPLETED, "");
      LOG.info(
          "Handed over {} agents from {} to {} in {} ms ({} dropped because their owner is gone, {} mended)",
          report.agentsAfter(),
          from,
          next.name(),
          Math.round(report.durationNanos() / 1e5) / 10.0,
          report.dropped(),
          report.mended());
      changes.unlocked();
      dropped.forEach(agent -> changes.freed(agent.id()));
      return report;
    }

    private void begin() {
      backend.clear();
      backend.setOwnerGoneHandler(new OwnerRemoval(backend, routing, locks, changes));
      before = active.size();
      locks.exclusively(
          () -> {
            routing.set(routing.route().mirroredTo(mirror));
            return null;
          });
    }

    private void copy() {
      active.forEach(mirror::copy);
    }

    private void compare() {
      backend.forEach(agent -> compare(agent.id()));
      active.forEach(agent -> compare(agent.id()));
    }

    private void compare(String id) {
      ReentrantLock lock = locks.lock(id);
      try {
        if (mirror.mend(id, active)) {
          mended++;
        }
      } finally {
        lock.unlock();
      }
    }

    private List<Agent> move() {
      return locks.exclusively(
          () -> {
            mirror.requireSound();
            List<Agent> dropped = List.copyOf(mirror.dropped());
            int expected = active.size() - dropped.size();
            after = backend.size();
            if (after != expected) {
              throw new HandOverFailedException(
                  next.name() + " holds " + after + " agents instead of " + expected);
            }
            routing.set(routing.route().movedTo(next));
            // There is no way back from here, whatever happens.
            quietly("telling of dropped agents", () -> tell(dropped));
            return dropped;
          });
    }

    private void tell(List<Agent> dropped) {
      dropped.forEach(agent -> changes.unregistered(agent, Reason.OWNER_GONE));
    }

    private SwapReport abandon(Throwable cause) {
      locks.exclusively(
          () -> {
            routing.set(routing.route().withoutMirror());
            return null;
          });
      StringBuilder left = new StringBuilder();
      noting(left, "leaving " + next.name(), () -> backend.setOwnerGoneHandler(null));
      noting(left, "clearing " + next.name(), backend::clear);
      after = before;
      noting(left, "counting in " + from, () -> after = active.size());
      String message = cause.getMessage();
      String reason =
          cause instanceof HandOverFailedException && message != null ? message : cause.toString();
      SwapReport report = end(0, Outcome.ABANDONED, reason);
      LOG.warn(
          "Did not hand over {} agents from {} to {}; {} serves on: {}{}",
          report.agentsAfter(),
          from,
          next.name(),
          from,
          reason,
          left);
      LOG.debug("The cause", cause);
      return report;
    }

    /** What fails after the failure is told in the same line. */
    private static void noting(StringBuilder failures, String what, Runnable action) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        failures.append("; ").append(what).append(" failed too: ").append(e);
      }
    }

    private void leaveFormer() {
      quietly("leaving " + from, () -> active.setOwnerGoneHandler(null));
      quietly("clearing " + from, active::clear);
    }

    private SwapReport end(int dropped, Outcome outcome, String reason) {
      SwapReport report =
          new SwapReport(
              log.nextNumber(),
              startedAt,
              from,
              next.name(),
              before,
              after,
              dropped,
              mended,
              System.nanoTime() - startNanos,
              locks.longestWaitNanos(),
              outcome,
              reason,
              SwapEvidence.NONE);
      log.add(report);
      return report;
    }
  }

  /** For what must not keep the hand-over from its end. */
  static void quietly(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("The hand-over goes on, but {} failed: {}", what, e.toString());
    }
  }
}

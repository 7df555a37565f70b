package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapEvidence.Side;
import io.agents.registry.api.SwapReport;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges the active backend for another one. Never run by two threads at once. */
final class HandOver {

  /*
   * Design
   *
   *  1. The next backend is brought in step as the mirror of the active one: see `Filling`. A standing
   *     mirror is in step already.
   *  2. In one instant without writes the route moves, if the mirror has not failed meanwhile and both
   *     sides hold equally many agents with the same checksum. Agents that the next backend refuses
   *     because their owner is gone vanish here, and listeners are told.
   *  3. The former backend becomes the mirror of the next one, if it is to be kept. Else it is cleared,
   *     after the route has moved: a reader that is still in there looks at the route again when it
   *     finds nothing.
   * Whatever fails before the route moves ends in `abandon`: the route is as it was before, and the
   * former backend has missed nothing, because it was the active one all the while.
   *
   * The next backend is filled on a thread that can be given up, so that one which stands still keeps
   * nobody waiting for ever. What that thread does later harms nobody: the mirror has failed by then,
   * and writes no more.
   */

  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  /**
   * How long a writer that hangs in a mirror is waited for until the mirror is left in the route.
   */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Routing routing;
  private final WriteLocks locks;
  private final Changes changes;
  private final SwapLog log;
  private final GuardedCalls calls;
  private final LongestRead longestRead;

  private volatile boolean underWay;

  /** Used by the thread that hands over. */
  private boolean stoodStill;

  /** One that waits for the next backend, however long it takes. */
  HandOver(Routing routing, WriteLocks locks, Changes changes, SwapLog log) {
    this(routing, locks, changes, log, GuardedCalls.PATIENT, LongestRead.UNKNOWN);
  }

  /**
   * Prepares for exchanges.
   *
   * @param longestRead knows how long lookups take meanwhile
   */
  HandOver(
      Routing routing,
      WriteLocks locks,
      Changes changes,
      SwapLog log,
      GuardedCalls.Runner runner,
      LongestRead longestRead) {
    this.routing = routing;
    this.locks = locks;
    this.changes = changes;
    this.log = log;
    this.calls = new GuardedCalls(runner);
    this.longestRead = longestRead;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Whether the last hand-over was abandoned because the next backend stood still. */
  boolean hasStoodStill() {
    return stoodStill;
  }

  /** Hands everything over to another backend, or leaves everything as it is and says why. */
  SwapReport to(NamedBackend next) {
    return to(next, false);
  }

  /**
   * Hands everything over to another backend, or leaves everything as it is and says why.
   *
   * @param keepsFormer whether the former backend becomes the mirror of the next one
   */
  SwapReport to(NamedBackend next, boolean keepsFormer) {
    underWay = true;
    try {
      return new Run(next, keepsFormer).filled();
    } finally {
      underWay = false;
    }
  }

  /** Makes the mirror, which is in step, the active backend; or leaves everything as it is. */
  SwapReport exchange(Mirror mirror, boolean keepsFormer) {
    underWay = true;
    try {
      return new Run(mirror.next(), keepsFormer).exchanged(mirror);
    } finally {
      underWay = false;
    }
  }

  /**
   * Brings a backend in step with the active one, as its mirror.
   *
   * @throws RuntimeException if it fails, and so for errors; it has been left then
   */
  Mirror fill(NamedBackend next) {
    Filling filling = new Filling(routing, locks, changes, next);
    try {
      fill(filling, next);
      locks.exclusively(
          () -> {
            filling.mirror().requireSound();
            filling.mirror().stand();
            routing.set(routing.route());
            return null;
          });
    } catch (RuntimeException | Error e) {
      leave(filling.mirror(), e, new StringBuilder());
      LOG.debug("The cause", e);
      throw e;
    }
    return filling.mirror();
  }

  /** Ends the standing mirror, and clears it. */
  void end(Mirror mirror) {
    mirror.giveUp(new HandOverFailedException("it was left"));
    takeOut(mirror);
    calls.leave(mirror.next());
  }

  /** Whether this backend can't be used, as a call of it has not come back. */
  boolean isHanging(NamedBackend one) {
    return calls.isHanging(one.backend());
  }

  private void fill(Filling filling, NamedBackend next) {
    calls.run(next, "filling", filling::fill, filling.mirror()::giveUp);
  }

  private void takeOut(Mirror mirror) {
    // A writer that hangs in there would be waited for in vain; a mirror that failed does no harm.
    locks.exclusivelyWithin(
        PATIENCE_MILLIS,
        () -> {
          if (routing.route().mirror() == mirror) {
            routing.set(routing.route().withoutMirror());
          }
        });
  }

  /** Leaves a backend that did not get in step. What fails in that is told in the same line. */
  private void leave(Mirror mirror, Throwable cause, StringBuilder failures) {
    NamedBackend next = mirror.next();
    mirror.giveUp(cause);
    takeOut(mirror);
    if (!calls.isHanging(next.backend())) {
      noting(failures, "leaving " + next.name(), () -> next.backend().setOwnerGoneHandler(null));
      noting(failures, "clearing " + next.name(), next.backend()::clear);
    }
  }

  /** What fails after the failure is told in the same line. */
  private static void noting(StringBuilder failures, String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failures.append("; ").append(what).append(" failed too: ").append(e);
    }
  }

  /** What the instant in which the route moved has found. */
  private record Cut(
      int agents, Collection<Agent> dropped, long formerSum, long nextSum, @Nullable Mirror kept) {}

  /** One exchange. */
  private final class Run {
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final String from = routing.route().name();
    private final RegistryBackend active = routing.route().active();
    private final NamedBackend next;
    private final RegistryBackend backend;
    private final boolean keepsFormer;
    private int before;
    private int mended;
    private List<String> mendedIds = List.of();

    Run(NamedBackend next, boolean keepsFormer) {
      this.next = next;
      this.backend = next.backend();
      this.keepsFormer = keepsFormer;
      locks.resetLongestWait();
      longestRead.reset();
    }

    SwapReport filled() {
      Filling filling = new Filling(routing, locks, changes, next);
      Cut cut;
      try {
        fill(filling, next);
        before = filling.before();
        mended = filling.mended();
        mendedIds = filling.mendedIds();
        cut = move(filling.mirror());
        stoodStill = false;
      } catch (RuntimeException | Error e) {
        stoodStill = e instanceof StoodStillException;
        before = filling.before();
        StringBuilder left = new StringBuilder();
        leave(filling.mirror(), e, left);
        return abandoned(e, left);
      }
      return completed(cut);
    }

    SwapReport exchanged(Mirror mirror) {
      Cut cut;
      try {
        before = active.size();
        cut = move(mirror);
      } catch (RuntimeException | Error e) {
        return abandoned(e, new StringBuilder());
      }
      return completed(cut);
    }

    private Cut move(Mirror mirror) {
      return locks.exclusively(
          () -> {
            mirror.requireSound();
            Collection<Agent> dropped = mirror.dropped();
            int expected = active.size() - dropped.size();
            int after = backend.size();
            if (after != expected) {
              throw new HandOverFailedException(
                  next.name() + " holds " + after + " agents instead of " + expected);
            }
            long nextSum = mirror.tally().mirror();
            long formerSum = mirror.tally().active();
            for (Agent agent : dropped) {
              formerSum -= Tally.sum(agent);
            }
            if (formerSum != nextSum) {
              throw new HandOverFailedException(
                  next.name() + " holds other agents, or other revisions, than " + from);
            }
            Mirror kept = keepsFormer ? mirror.reversed(new NamedBackend(from, active)) : null;
            routing.set(routing.route().movedTo(next).mirroredTo(kept));
            // There is no way back from here, whatever happens.
            GuardedCalls.quietly("telling of dropped agents", () -> tell(dropped));
            return new Cut(after, dropped, formerSum, nextSum, kept);
          });
    }

    private void tell(Collection<Agent> dropped) {
      dropped.forEach(agent -> changes.unregistered(agent, Reason.OWNER_GONE));
    }

    private SwapReport completed(Cut cut) {
      OwnerMonitoring formerly = monitoring(active);
      OwnerMonitoring now = monitoring(backend);
      Mirror kept = cut.kept();
      if (kept == null) {
        calls.leave(new NamedBackend(from, active));
      } else {
        cut.dropped().forEach(agent -> purge(kept, agent));
        kept.purged();
      }
      SwapEvidence evidence =
          new SwapEvidence(
              new Side(cut.agents(), cut.formerSum(), formerly.services(), formerly.bundles()),
              new Side(cut.agents(), cut.nextSum(), now.services(), now.bundles()),
              mendedIds,
              cut.dropped().stream().map(Agent::id).limit(SwapEvidence.LONGEST_LIST).toList(),
              longestRead.sinceReset());
      SwapReport report = end(cut.agents(), cut.dropped().size(), Outcome.COMPLETED, "", evidence);
      LOG.info(
          "Handed over {} agents from {} to {} in {} ms ({} dropped because their owner is gone, {} mended){}",
          report.agentsAfter(),
          from,
          next.name(),
          Math.round(report.durationNanos() / 1e5) / 10.0,
          report.dropped(),
          report.mended(),
          kept == null ? "" : "; " + from + " is its mirror now");
      changes.unlocked();
      cut.dropped().forEach(agent -> changes.freed(agent.id()));
      return report;
    }

    private void purge(Mirror kept, Agent dead) {
      ReentrantLock lock = locks.lock(dead.id());
      try {
        kept.purge(dead);
      } finally {
        lock.unlock();
      }
    }

    private OwnerMonitoring monitoring(RegistryBackend one) {
      try {
        return one.monitoring();
      } catch (RuntimeException | Error e) {
        LOG.warn("What is monitored could not be counted: {}", e.toString());
        return OwnerMonitoring.NONE;
      }
    }

    private SwapReport abandoned(Throwable cause, StringBuilder left) {
      int[] after = {before};
      noting(left, "counting in " + from, () -> after[0] = active.size());
      String message = cause.getMessage();
      String reason =
          cause instanceof HandOverFailedException && message != null ? message : cause.toString();
      SwapReport report = end(after[0], 0, Outcome.ABANDONED, reason, SwapEvidence.NONE);
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

    private SwapReport end(
        int after, int dropped, Outcome outcome, String reason, SwapEvidence evidence) {
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
              evidence);
      log.add(report);
      return report;
    }
  }
}

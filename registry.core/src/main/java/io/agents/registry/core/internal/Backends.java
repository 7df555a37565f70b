package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.MirrorStatus.State;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport.Outcome;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which backends are there and which one is wanted, and has the hand-overs done. */
final class Backends {

  /*
   * Design
   *
   * Declarative Services tells of backends in two ways: by the reference that the target filter steers
   * (`wanted`), and by the one to all backends (`appeared`, `gone`). The first says what should be
   * active, the second alone decides whether the active one is still there. So three things never
   * move the content: a filter that matches nothing; a filter that was changed while the hand-over
   * to its backend was abandoned; and the order in which the two references are told of one event.
   *
   * When the bundle of a backend stops, both are told on the stopping thread, in any order, before the
   * backend is deactivated. `gone` hands the content over before it returns: to the standing mirror if
   * it is in step, else to the wanted backend, if that is another one, else, or if that fails, to a
   * plain store. If even that fails the backend is broken, and serves on: by its contract it answers
   * from what it holds.
   *
   * A call of `wanted` may be overtaken by the going of that backend, for instance while it waits here
   * for another hand-over. Then the backend becomes active when it is gone already, and `unwanted`,
   * which always follows, moves the content away again.
   *
   * The standing mirror is the mirror in the route while no hand-over is under way. One configuration
   * may change the target filter and the mirror at once, and tells of both before the backend that the
   * new filter chooses is bound. So where such a binding is to be expected, the mirror stays as it is
   * until then: it may be the very backend that is about to be chosen, and the one that is active may
   * be its mirror afterwards. `StandingMirror` has the rest.
   *
   * A rollback does not wait for the configuration: `exchangeNow` wants the mirror as if the target
   * filter had chosen it. When the filter says so, too, nothing is left to be done.
   *
   * `steering` serialises all of this, hand-overs included. No reader or writer takes it. What status
   * shows is published in `state` and needs no lock.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private final Routing routing;
  private final WriteLocks locks;
  private final HandOver handOver;
  private final StandingMirror standing;
  private final ReentrantLock steering = new ReentrantLock();

  /** Written under {@link #steering}. */
  private volatile BackendsState state = BackendsState.EMPTY;

  /** Guarded by {@link #steering}. */
  private boolean closed;

  Backends(Routing routing, WriteLocks locks, HandOver handOver) {
    this.routing = routing;
    this.locks = locks;
    this.handOver = handOver;
    this.standing = new StandingMirror(routing, handOver);
  }

  /** The target filter was set, and no other mirror. */
  void target(String filter) {
    configured(filter, state.mirror());
  }

  /**
   * The target filter was set, and which backend is to be the mirror. If it is the filter that was
   * set before, a hand-over that was abandoned is tried again; else the calls that follow from the
   * new one are still to come. A mirror that has failed is tried again.
   *
   * @param mirror the name of the mirror; empty text for none
   */
  void configured(String filter, String mirror) {
    steered(
        () -> {
          boolean again = state.target().equals(filter);
          boolean stays = again || state.isWantedBy(filter);
          state = state.targeting(filter).mirroring(mirror);
          standing.forgive();
          if (again) {
            moveToWanted();
          }
          if (stays) {
            mirror();
          }
        });
  }

  /** The target filter has chosen a backend. Returns when everything is handed over, or is not. */
  void wanted(NamedBackend backend) {
    steered(
        () -> {
          state = state.wanting(backend);
          moveToWanted();
          mirror();
        });
  }

  /** The target filter does not choose this backend any more, or it is going. */
  void unwanted(RegistryBackend backend) {
    steered(
        () -> {
          if (state.isWanted(backend)) {
            state = state.wanting(null);
          }
          leaveIfGone();
          mirror();
        });
  }

  /** A backend is there, wanted or not. */
  void appeared(NamedBackend backend) {
    steered(
        () -> {
          state = state.with(backend);
          mirror();
        });
  }

  /** A backend is going. If it was the active one, its content has moved when this returns. */
  void gone(RegistryBackend backend) {
    steered(
        () -> {
          state = state.without(backend);
          standing.gone(backend);
          leaveIfGone();
          mirror();
        });
  }

  /**
   * Makes the mirror of this name active, if it is in step, before a target filter chooses it. Does
   * not wait for another change of the backends.
   *
   * @return whether it is active now
   */
  boolean exchangeNow(String name) {
    if (steering.isHeldByCurrentThread() || !steering.tryLock()) {
      return false;
    }
    try {
      NamedBackend mirror = standing.inStep();
      if (closed || mirror == null || !mirror.name().equals(name) || !exchangeWith(mirror)) {
        return false;
      }
      state = state.wanting(mirror);
      mirror();
      return true;
    } finally {
      steering.unlock();
    }
  }

  /** A writer has found that the mirror fails. */
  void mirrorFailed(Mirror mirror) {
    steered(() -> standing.failed(mirror));
  }

  /** What is chosen and what is there. */
  BackendsState state() {
    return state;
  }

  /** How the standing mirror is. */
  MirrorStatus mirrorStatus() {
    BackendsState now = state;
    if (now.mirror().isEmpty()) {
      return MirrorStatus.NONE;
    }
    String missing = missing(now);
    return isUnusable(now)
        ? new MirrorStatus(now.mirror(), State.FAILED, missing)
        : standing.status(now.mirror(), missing);
  }

  /**
   * Leaves the active backend empty. Who reads or writes from now on is told that the registry has
   * ended; later calls here do nothing.
   *
   * @param heir is given all agents, at an instant without writes, before anybody is told
   */
  void end(Consumer<List<Agent>> heir) {
    steered(
        () -> {
          closed = true;
          standing.end();
          RegistryBackend last = routing.route().active();
          locks.exclusively(
              () -> {
                List<Agent> left = new ArrayList<>();
                GuardedCalls.quietly("reading the last backend", () -> last.forEach(left::add));
                heir.accept(left);
                routing.set(routing.route().movedTo(endedStore()));
                return null;
              });
          GuardedCalls.quietly("leaving the last backend", () -> last.setOwnerGoneHandler(null));
          GuardedCalls.quietly("clearing the last backend", last::clear);
        });
  }

  static NamedBackend ownStore() {
    return new NamedBackend(RegistryStatus.NO_IMPLEMENTATION, new PlainStore());
  }

  private static NamedBackend endedStore() {
    return new NamedBackend(RegistryStatus.NO_IMPLEMENTATION, new EndedStore());
  }

  private void steered(Runnable action) {
    steering.lock();
    try {
      if (!closed) {
        action.run();
      }
    } finally {
      steering.unlock();
    }
  }

  /** Whether the wanted backend, if there is one, is active now. */
  private boolean moveToWanted() {
    NamedBackend wanted = state.wanted();
    if (wanted == null) {
      return false;
    }
    boolean arrived =
        routing.route().active() == wanted.backend() || exchangeWith(wanted) || moveTo(wanted);
    state = state.abandoned(!arrived);
    return arrived;
  }

  private void leaveIfGone() {
    RegistryBackend active = routing.route().active();
    if (active instanceof PlainStore || state.isPresent(active) || state.isWanted(active)) {
      return;
    }
    NamedBackend mirror = standing.inStep();
    if (mirror != null && exchangeWith(mirror)) {
      moveToWanted();
    } else if (!moveToWanted() && !moveTo(ownStore())) {
      LOG.error(
          "{} is gone, but its agents could not be taken from it; it serves on until they can",
          routing.route().name());
    }
  }

  /** Whether this backend was the mirror in step, and is the active one now. */
  private boolean exchangeWith(NamedBackend next) {
    Mirror mirror = routing.route().mirror();
    return mirror != null
        && mirror.next().backend() == next.backend()
        && handOver.exchange(mirror, keepsFormer(next)).outcome() == Outcome.COMPLETED;
  }

  private boolean moveTo(NamedBackend next) {
    if (hasStoodStill(state, next)) {
      return false;
    }
    // There is room for one mirror in the route, and the hand-over needs it.
    standing.end();
    boolean moved = handOver.to(next, keepsFormer(next)).outcome() == Outcome.COMPLETED;
    if (handOver.hasStoodStill()) {
      state = state.standingStill(next);
    }
    return moved;
  }

  private boolean hasStoodStill(BackendsState now, NamedBackend one) {
    return now.hasStoodStill(one.backend()) || handOver.isHanging(one);
  }

  /** Whether the active backend is to be the mirror of this one. */
  private boolean keepsFormer(NamedBackend next) {
    RegistryBackend active = routing.route().active();
    return state.mirrorOf(next.backend()).filter(one -> one.backend() == active).isPresent();
  }

  /** Sees to it that the mirror is the one that is configured, if it can be. */
  private void mirror() {
    String missing = missing(state);
    NamedBackend configured =
        missing.isEmpty() ? state.mirrorOf(routing.route().active()).orElse(null) : null;
    if (standing.become(configured) && configured != null) {
      state = state.standingStill(configured);
    }
  }

  /** Whether the backend that is to be the mirror has stood still. */
  private boolean isUnusable(BackendsState now) {
    return now.mirrorOf(routing.route().active())
        .filter(one -> hasStoodStill(now, one))
        .isPresent();
  }

  /** Why there can't be the mirror that is configured; empty text if there can. */
  private String missing(BackendsState now) {
    Route route = routing.route();
    NamedBackend mirror = now.mirrorOf(route.active()).orElse(null);
    if (mirror == null) {
      return now.mirror().equals(route.name())
          ? now.mirror() + " is the active backend"
          : "no backend " + now.mirror() + " is there";
    }
    if (route.active() instanceof PlainStore) {
      return "no backend is active";
    }
    return hasStoodStill(now, mirror)
        ? now.mirror() + " stood still while it was filled; restart its bundle to retry"
        : "";
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
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
   * backend is deactivated. `gone` hands the content over before it returns: to the wanted backend, if
   * that is another one, else, or if that fails, to a plain store. If even that fails the backend is
   * broken, and serves on: by its contract it answers from what it holds.
   *
   * A call of `wanted` may be overtaken by the going of that backend, for instance while it waits here
   * for another hand-over. Then the backend becomes active when it is gone already, and `unwanted`,
   * which always follows, moves the content away again.
   *
   * `steering` serialises all of this, hand-overs included. No reader or writer takes it. What status
   * shows is published in `state` and needs no lock.
   */

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private final Routing routing;
  private final WriteLocks locks;
  private final HandOver handOver;
  private final ReentrantLock steering = new ReentrantLock();

  /** Written under {@link #steering}. */
  private volatile BackendsState state = BackendsState.EMPTY;

  /** Guarded by {@link #steering}. */
  private boolean closed;

  Backends(Routing routing, WriteLocks locks, HandOver handOver) {
    this.routing = routing;
    this.locks = locks;
    this.handOver = handOver;
  }

  /**
   * The target filter was set. If it is the one that was set before, a hand-over that was abandoned
   * is tried again; else the calls that follow from the new one are still to come.
   */
  void target(String filter) {
    steered(
        () -> {
          boolean again = state.target().equals(filter);
          state = state.targeting(filter);
          if (again) {
            moveToWanted();
          }
        });
  }

  /** The target filter has chosen a backend. Returns when everything is handed over, or is not. */
  void wanted(NamedBackend backend) {
    steered(
        () -> {
          state = state.wanting(backend);
          moveToWanted();
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
        });
  }

  /** A backend is there, wanted or not. */
  void appeared(NamedBackend backend) {
    steered(() -> state = state.with(backend));
  }

  /** A backend is going. If it was the active one, its content has moved when this returns. */
  void gone(RegistryBackend backend) {
    steered(
        () -> {
          state = state.without(backend);
          leaveIfGone();
        });
  }

  /** What is chosen and what is there. */
  BackendsState state() {
    return state;
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
          RegistryBackend last = routing.route().active();
          locks.exclusively(
              () -> {
                List<Agent> left = new ArrayList<>();
                HandOver.quietly("reading the last backend", () -> last.forEach(left::add));
                heir.accept(left);
                routing.set(routing.route().movedTo(endedStore()));
                return null;
              });
          HandOver.quietly("leaving the last backend", () -> last.setOwnerGoneHandler(null));
          HandOver.quietly("clearing the last backend", last::clear);
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
    boolean arrived = routing.route().active() == wanted.backend() || moveTo(wanted);
    state = state.abandoned(!arrived);
    return arrived;
  }

  private void leaveIfGone() {
    RegistryBackend active = routing.route().active();
    boolean stays =
        active instanceof PlainStore || state.isPresent(active) || state.isWanted(active);
    if (!stays && !moveToWanted() && !moveTo(ownStore())) {
      LOG.error(
          "{} is gone, but its agents could not be taken from it; it serves on until they can",
          routing.route().name());
    }
  }

  private boolean moveTo(NamedBackend next) {
    return handOver.to(next).outcome() == Outcome.COMPLETED;
  }
}

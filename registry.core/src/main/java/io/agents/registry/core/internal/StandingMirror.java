package io.agents.registry.core.internal;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.MirrorStatus.State;
import io.agents.registry.spi.RegistryBackend;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one backend in step with the active one for as long as it is configured. All methods but
 * {@link #status} are called by one thread at a time, that which steers the backends.
 */
final class StandingMirror {

  /*
   * Design
   *
   * The mirror itself is in the route. Here is only what is under way, and what went wrong: a mirror
   * that failed is left alone until it is forgiven, by a new configuration, or its backend is another
   * one.
   */

  private static final Logger LOG = LoggerFactory.getLogger(StandingMirror.class);

  /** What went wrong with which backend. */
  private record Failure(RegistryBackend backend, String reason) {}

  private final Routing routing;
  private final HandOver handOver;
  private volatile boolean filling;
  private volatile @Nullable Failure failure;

  StandingMirror(Routing routing, HandOver handOver) {
    this.routing = routing;
    this.handOver = handOver;
  }

  /**
   * Sees to it that this backend is the mirror.
   *
   * @param configured the backend, or null for none
   * @return whether it stood still, and is not to be used again
   */
  boolean become(@Nullable NamedBackend configured) {
    Mirror present = routing.route().mirror();
    if (present != null) {
      if (configured != null
          && present.next().backend() == configured.backend()
          && !present.hasFailed()) {
        return false;
      }
      if (present.hasFailed()) {
        failed(present);
      } else {
        end();
      }
    }
    return configured != null && !hasFailed(configured.backend()) && fill(configured);
  }

  /** A mirror was found to fail. */
  void failed(Mirror mirror) {
    if (routing.route().mirror() == mirror && mirror.hasFailed()) {
      String reason = mirror.failure();
      handOver.end(mirror);
      note(mirror.next(), reason);
    }
  }

  /** The backend that is in step, or null. */
  @Nullable NamedBackend inStep() {
    Mirror present = routing.route().mirror();
    return present == null || present.hasFailed() ? null : present.next();
  }

  /** A backend is gone; if it comes back, it is another one. */
  void gone(RegistryBackend backend) {
    Mirror present = routing.route().mirror();
    if (present != null && present.next().backend() == backend) {
      end();
    }
    Failure past = failure;
    if (past != null && past.backend() == backend) {
      failure = null;
    }
  }

  /** What failed may be tried again. */
  void forgive() {
    failure = null;
  }

  /** Ends the mirror, if there is one. */
  void end() {
    Mirror present = routing.route().mirror();
    if (present != null) {
      handOver.end(present);
    }
  }

  /**
   * How it is. Called by any thread.
   *
   * @param name the mirror that is configured
   * @param missing why it can't be there; empty text if it can
   */
  MirrorStatus status(String name, String missing) {
    Mirror present = routing.route().mirror();
    Failure past = failure;
    if (filling) {
      return new MirrorStatus(name, State.FILLING, "");
    }
    if (present != null && present.isStanding() && present.next().name().equals(name)) {
      return new MirrorStatus(
          name, present.hasFailed() ? State.FAILED : State.IN_STEP, present.failure());
    }
    if (past != null) {
      return new MirrorStatus(name, State.FAILED, past.reason());
    }
    return new MirrorStatus(
        name, State.MISSING, missing.isEmpty() ? "a hand-over is under way" : missing);
  }

  private boolean hasFailed(RegistryBackend backend) {
    Failure past = failure;
    return past != null && past.backend() == backend;
  }

  private boolean fill(NamedBackend next) {
    long start = System.nanoTime();
    filling = true;
    try {
      handOver.fill(next);
      LOG.info(
          "{} is the mirror of {}, in step after {} ms",
          next.name(),
          routing.route().name(),
          Math.round((System.nanoTime() - start) / 1e5) / 10.0);
      return false;
    } catch (RuntimeException | Error e) {
      note(next, reason(next, e));
      return e instanceof StoodStillException;
    } finally {
      filling = false;
    }
  }

  private void note(NamedBackend next, String reason) {
    failure = new Failure(next.backend(), reason);
    LOG.warn(
        "{} is no mirror of {}, which serves on: {}", next.name(), routing.route().name(), reason);
  }

  private static String reason(NamedBackend next, Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof HandOverFailedException && message != null
        ? message
        : next.name() + " failed while it was filled: " + cause;
  }
}

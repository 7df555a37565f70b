package io.agents.registry.core.internal;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Says what is measured and compared along a route, as it is configured. */
final class Watches implements Routing.Watching {

  private final Routing routing;
  private final WriteLocks locks;
  private final CallMeter meter;
  private final ComparisonLog log;
  private final Background background;
  private final IntSupplier comparisonsPerSecond;

  /** All that follow are guarded by the write locks, all of them. */
  private boolean measures;

  private int basisPoints;
  private @Nullable Comparer comparer;

  Watches(
      Routing routing,
      WriteLocks locks,
      CallMeter meter,
      ComparisonLog log,
      Background background,
      IntSupplier comparisonsPerSecond) {
    this.routing = routing;
    this.locks = locks;
    this.meter = meter;
    this.log = log;
    this.background = background;
    this.comparisonsPerSecond = comparisonsPerSecond;
  }

  /**
   * Says what to do from now on.
   *
   * @param measuring whether calls are measured
   * @param comparing how many reads of 10,000 are compared with the mirror
   */
  void set(boolean measuring, int comparing) {
    locks.exclusively(
        () -> {
          measures = measuring;
          basisPoints = comparing;
          routing.watch(this);
          return null;
        });
  }

  @Override
  public @Nullable Watch watch(Route route) {
    Recorder recorder = measures ? meter.recorder(route.name()) : null;
    Comparer comparing = comparer(route);
    if (recorder == null && comparing == null) {
      return null;
    }
    Watch watch = new Watch(recorder, comparing, basisPoints);
    if (comparing != null) {
      comparing.chooseBy(watch);
    }
    return watch;
  }

  /** What compares with the mirror of a route; the same one as long as the mirror is the same. */
  private @Nullable Comparer comparer(Route route) {
    Mirror mirror = route.mirror();
    if (mirror == null || basisPoints == 0 || !mirror.isStanding()) {
      comparer = null;
    } else if (comparer == null || !comparer.isOf(mirror)) {
      Judge judge = new Judge(route, mirror, routing, locks, log);
      comparer = new Comparer(judge, log, background, comparisonsPerSecond);
    }
    return comparer;
  }
}

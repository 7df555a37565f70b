package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Operation;
import io.agents.registry.spi.RegistryBackend;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the route, and reads along it without ever waiting. */
final class Routing {

  /*
   * Design
   *
   * One volatile field is all that readers and the hand-over share. The hand-over writes it while it
   * holds every write lock; writers read it while they hold theirs, so that for them it stands still.
   * What is to be measured or compared is part of the route, so that a lookup which is not needs no
   * look at anything else.
   *
   * A reader may be overtaken by a hand-over, which clears the former backend once the route has
   * moved. What does that do to it?
   *  - A hit is right. What the former backend holds was the content of the registry when the route
   *    moved, and that moment lies within this call. If the former backend is being filled again by a
   *    further hand-over, or is the mirror now, what it holds was in the active one within this call.
   *  - A miss proves nothing: the backend may just have been cleared. So a miss, and only a miss, looks
   *    at the route again. A lookup that hits costs one volatile read.
   *  - A list may lack half of its agents. So every list looks at the route before and after.
   * Generations are compared, not backends: between the two looks the route may have gone away from a
   * backend and come back to it, cleared and filled again.
   */

  /** Says what is watched along a route. */
  interface Watching {
    @Nullable Watch watch(Route route);
  }

  private final OutOfLine lookedAt = new OutOfLine();
  private volatile Route route;

  /** Written and read with all write locks held. */
  private Watching watching = any -> null;

  Routing(Route first) {
    route = first;
  }

  Route route() {
    return route;
  }

  /** To be called with all write locks held. */
  void set(Route next) {
    route = next.watchedBy(watching.watch(next));
  }

  /** Watches, from now on, as this says. To be called with all write locks held. */
  void watch(Watching other) {
    watching = other;
    set(route);
  }

  /** What measures the calls that are no lookups; null if nothing is measured. */
  @Nullable Recorder recorder() {
    Watch watch = route.watch();
    return watch == null ? null : watch.recorder();
  }

  /** The agent of an id, or null; for those who call the registry. */
  @Nullable Agent lookup(String id) {
    Route before = route;
    Watch watch = before.watch();
    if (watch != null) {
      int drawn = watch.draw();
      if (watch.isLookedAt(drawn)) {
        return lookedAt.lookup(this, before, watch, drawn, id);
      }
    }
    return find(before, id, true);
  }

  /** The agent of an id, or null; for the registry itself. */
  @Nullable Agent find(String id) {
    return find(route, id, false);
  }

  /** The agent of an id, or null, by a lookup that is measured, or compared, or both. */
  @Nullable Agent lookedAt(Route before, Watch watch, int drawn, String id) {
    Recorder recorder = watch.ofLookup(drawn);
    Comparer comparer = watch.comparing(drawn);
    if (recorder == null && comparer == null) {
      return find(before, id, true);
    }
    long begun = System.nanoTime();
    Agent found = find(before, id, true);
    if (recorder != null) {
      recorder.lookup(System.nanoTime() - begun);
    }
    if (comparer != null) {
      comparer.offer(Operation.LOOKUP, id, found, backend -> backend.lookup(id), begun);
    }
    return found;
  }

  private @Nullable Agent find(Route first, String id, boolean isCall) {
    Route before = first;
    while (true) {
      Agent found;
      try {
        found = before.active().lookup(id);
      } catch (RuntimeException | LinkageError e) {
        if (!hasMovedSince(before)) {
          if (isCall) {
            failed(Operation.LOOKUP, before, e);
          }
          throw e;
        }
        before = route;
        continue;
      }
      if (found != null) {
        return found;
      }
      Route after = route;
      if (after.generation() == before.generation()) {
        return null;
      }
      before = after;
    }
  }

  /**
   * Runs a reading of the active backend, again if that was exchanged meanwhile; for those who call
   * the registry.
   *
   * @param argument what the reading is about, for a person: a value, or an empty text
   * @param reading must have no effect but its result
   */
  <T> T read(Operation operation, Object argument, Function<RegistryBackend, T> reading) {
    Watch watch = route.watch();
    if (watch == null) {
      return read(reading);
    }
    Comparer comparer = watch.comparing(watch.draw());
    Recorder recorder = watch.recorder();
    long compared = comparer == null ? 0 : System.nanoTime();
    long begun = recorder == null ? Recorder.UNTIMED : recorder.begin(operation);
    T result;
    try {
      result = read(reading);
    } catch (RuntimeException | Error e) {
      if (recorder != null) {
        recorder.failed(operation, e);
      }
      throw e;
    }
    if (recorder != null) {
      recorder.end(operation, begun);
    }
    if (comparer != null) {
      comparer.offer(operation, argument, result, reading, compared);
    }
    return result;
  }

  /**
   * Runs a reading of the active backend, again if that was exchanged meanwhile; for the registry
   * itself. It must have no effect but its result.
   */
  <T> T read(Function<RegistryBackend, T> reading) {
    Route before = route;
    while (true) {
      T result;
      try {
        result = reading.apply(before.active());
      } catch (RuntimeException | LinkageError e) {
        if (!hasMovedSince(before)) {
          throw e;
        }
        before = route;
        continue;
      }
      Route after = route;
      if (after.generation() == before.generation()) {
        return result;
      }
      before = after;
    }
  }

  /**
   * A backend that fails while it is being taken out of service is none of the reader's business.
   * One whose bundle was refreshed meanwhile can't even load the classes that it has not used yet.
   */
  private boolean hasMovedSince(Route before) {
    return route.generation() != before.generation();
  }

  private static void failed(Operation operation, Route route, Throwable cause) {
    Watch watch = route.watch();
    Recorder recorder = watch == null ? null : watch.recorder();
    if (recorder != null) {
      recorder.failed(operation, cause);
    }
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
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
   *
   * A reader may be overtaken by a hand-over, which clears the former backend once the route has
   * moved. What does that do to it?
   *  - A hit is right. What the former backend holds was the content of the registry when the route
   *    moved, and that moment lies within this call. If the former backend is being filled again by a
   *    further hand-over, what it holds was read from the active one within this call.
   *  - A miss proves nothing: the backend may just have been cleared. So a miss, and only a miss, looks
   *    at the route again. A lookup that hits costs one volatile read.
   *  - A list may lack half of its agents. So every list looks at the route before and after.
   * Generations are compared, not backends: between the two looks the route may have gone away from a
   * backend and come back to it, cleared and filled again.
   */

  private volatile Route route;

  Routing(Route first) {
    route = first;
  }

  Route route() {
    return route;
  }

  /** To be called with all write locks held. */
  void set(Route next) {
    route = next;
  }

  /** The agent of an id, or null. */
  @Nullable Agent lookup(String id) {
    Route before = route;
    while (true) {
      Agent found;
      try {
        found = before.active().lookup(id);
      } catch (RuntimeException | LinkageError e) {
        if (!hasMovedSince(before)) {
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
   * Runs a reading of the active backend, again if that was exchanged meanwhile. It must have no
   * effect but its result.
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
}

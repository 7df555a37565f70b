package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import org.jspecify.annotations.Nullable;

/**
 * Which backends serve at one moment, and which calls are looked at more closely.
 *
 * @param generation how often the active backend has been exchanged; a reader that finds the same
 *     generation before and after has read from a backend that was active all the while
 * @param name the active backend by name
 * @param active answers all reads and gets all writes
 * @param mirror gets all writes too, after {@code active}; null unless a hand-over is under way, or
 *     there is a standing mirror
 * @param watch says which calls are measured and compared; null if none is
 */
record Route(
    long generation,
    String name,
    RegistryBackend active,
    @Nullable Mirror mirror,
    @Nullable Watch watch) {

  static Route startingAt(NamedBackend first) {
    return new Route(0, first.name(), first.backend(), null, null);
  }

  /** The same active backend, so the same generation: readers need not notice. */
  Route mirroredTo(@Nullable Mirror other) {
    return new Route(generation, name, active, other, watch);
  }

  Route withoutMirror() {
    return mirroredTo(null);
  }

  Route movedTo(NamedBackend next) {
    return new Route(generation + 1, next.name(), next.backend(), null, watch);
  }

  Route watchedBy(@Nullable Watch other) {
    return new Route(generation, name, active, mirror, other);
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen and what is there, at one moment.
 *
 * @param target the target filter; empty text if there is none
 * @param wanted the backend that the target filter chose; null if it matches none
 * @param present all backends that are there
 * @param isAbandoned whether the hand-over to the wanted one was abandoned
 */
record BackendsState(
    String target, @Nullable NamedBackend wanted, List<NamedBackend> present, boolean isAbandoned) {

  static final BackendsState EMPTY = new BackendsState("", null, List.of(), false);

  BackendsState targeting(String other) {
    return new BackendsState(other, wanted, present, isAbandoned);
  }

  BackendsState wanting(@Nullable NamedBackend other) {
    return new BackendsState(target, other, present, false);
  }

  BackendsState abandoned(boolean now) {
    return new BackendsState(target, wanted, present, now);
  }

  BackendsState with(NamedBackend one) {
    List<NamedBackend> more = Stream.concat(present.stream(), Stream.of(one)).toList();
    return new BackendsState(target, wanted, more, isAbandoned);
  }

  /** Without a backend that is gone; it can't be wanted either. */
  BackendsState without(RegistryBackend one) {
    List<NamedBackend> less = present.stream().filter(other -> other.backend() != one).toList();
    return isWanted(one)
        ? new BackendsState(target, null, less, false)
        : new BackendsState(target, wanted, less, isAbandoned);
  }

  boolean isWanted(RegistryBackend backend) {
    return wanted != null && wanted.backend() == backend;
  }

  boolean isPresent(RegistryBackend backend) {
    return present.stream().anyMatch(one -> one.backend() == backend);
  }

  /** The names of the backends that are there, sorted. */
  List<String> names() {
    return present.stream().map(NamedBackend::name).sorted().toList();
  }

  /** What is missing while this backend is active, for a person; empty if nothing is. */
  Optional<String> awaited(RegistryBackend active) {
    if (isWanted(active)) {
      return Optional.empty();
    }
    if (wanted == null) {
      return Optional.of(target.isEmpty() ? "no backend is there" : "no backend matches " + target);
    }
    return Optional.of(
        isAbandoned
            ? "the hand-over to "
                + wanted.name()
                + " was abandoned; set the target filter again to retry"
            : "the hand-over to " + wanted.name() + " is under way");
  }
}

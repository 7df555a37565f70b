package io.agents.registry.core.internal;

import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * What is chosen and what is there, at one moment.
 *
 * @param target the target filter; empty text if there is none
 * @param mirror the name of the backend that is to be the standing mirror; empty text for none
 * @param wanted the backend that the target filter chose; null if it matches none
 * @param present all backends that are there
 * @param stoodStill those of them that stood still while they were filled, and are not used
 * @param isAbandoned whether the hand-over to the wanted one was abandoned
 */
record BackendsState(
    String target,
    String mirror,
    @Nullable NamedBackend wanted,
    List<NamedBackend> present,
    List<NamedBackend> stoodStill,
    boolean isAbandoned) {

  static final BackendsState EMPTY = new BackendsState("", "", null, List.of(), List.of(), false);

  BackendsState targeting(String other) {
    return new BackendsState(other, mirror, wanted, present, stoodStill, isAbandoned);
  }

  BackendsState mirroring(String other) {
    return new BackendsState(target, other, wanted, present, stoodStill, isAbandoned);
  }

  BackendsState wanting(@Nullable NamedBackend other) {
    return new BackendsState(target, mirror, other, present, stoodStill, false);
  }

  BackendsState abandoned(boolean now) {
    return new BackendsState(target, mirror, wanted, present, stoodStill, now);
  }

  BackendsState standingStill(NamedBackend one) {
    return new BackendsState(target, mirror, wanted, present, plus(stoodStill, one), isAbandoned);
  }

  BackendsState with(NamedBackend one) {
    return new BackendsState(target, mirror, wanted, plus(present, one), stoodStill, isAbandoned);
  }

  /** Without a backend that is gone; it can't be wanted either. */
  BackendsState without(RegistryBackend one) {
    boolean wasWanted = isWanted(one);
    return new BackendsState(
        target,
        mirror,
        wasWanted ? null : wanted,
        minus(present, one),
        minus(stoodStill, one),
        !wasWanted && isAbandoned);
  }

  boolean isWanted(RegistryBackend backend) {
    return wanted != null && wanted.backend() == backend;
  }

  boolean isPresent(RegistryBackend backend) {
    return contains(present, backend);
  }

  boolean hasStoodStill(RegistryBackend backend) {
    return contains(stoodStill, backend);
  }

  /** Whether the backend that is chosen now is one that this filter chooses, too. */
  boolean isWantedBy(String filter) {
    if (wanted == null) {
      return false;
    }
    try {
      return filter.isEmpty()
          || FrameworkUtil.createFilter(filter)
              .matches(Map.of(RegistryBackend.IMPLEMENTATION, wanted.name()));
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }

  /** The backend that is to be the mirror while this one is active, if it is there. */
  Optional<NamedBackend> mirrorOf(RegistryBackend active) {
    return present.stream()
        .filter(one -> one.name().equals(mirror) && one.backend() != active)
        .findFirst();
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
    if (hasStoodStill(wanted.backend())) {
      return Optional.of(
          "the hand-over to "
              + wanted.name()
              + " was abandoned, as it stood still; restart its bundle to retry");
    }
    return Optional.of(
        isAbandoned
            ? "the hand-over to "
                + wanted.name()
                + " was abandoned; set the target filter again to retry"
            : "the hand-over to " + wanted.name() + " is under way");
  }

  private static boolean contains(List<NamedBackend> some, RegistryBackend backend) {
    return some.stream().anyMatch(one -> one.backend() == backend);
  }

  private static List<NamedBackend> plus(List<NamedBackend> some, NamedBackend one) {
    return Stream.concat(some.stream(), Stream.of(one)).toList();
  }

  private static List<NamedBackend> minus(List<NamedBackend> some, RegistryBackend one) {
    return some.stream().filter(other -> other.backend() != one).toList();
  }
}

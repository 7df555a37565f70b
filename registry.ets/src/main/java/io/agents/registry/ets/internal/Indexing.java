package io.agents.registry.ets.internal;

import java.util.Set;
import java.util.TreeSet;

/**
 * What there is to be an index for.
 *
 * @param attributes all indexed attributes
 * @param ordered those of them whose values are kept in order
 */
record Indexing(Set<String> attributes, Set<String> ordered) {

  Indexing {
    Set<String> all = new TreeSet<>(attributes);
    all.addAll(ordered);
    attributes = Set.copyOf(all);
    ordered = Set.copyOf(ordered);
  }

  /** Without order. */
  static Indexing of(String... attributes) {
    return new Indexing(Set.of(attributes), Set.of());
  }
}

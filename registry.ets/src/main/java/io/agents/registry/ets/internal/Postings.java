package io.agents.registry.ets.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Posting lists: for each key the ids of agents that have it. Adding and removing is atomic for
 * each key, so that a list which became empty is dropped without losing an id that is just being
 * added. Any number of threads may read.
 *
 * @param <K> what is indexed
 */
final class Postings<K> {

  private final ConcurrentMap<K, Set<String>> lists = new ConcurrentHashMap<>();

  void add(K key, String id) {
    lists.compute(
        key,
        (k, list) -> {
          Set<String> ids = list == null ? ConcurrentHashMap.newKeySet() : list;
          ids.add(id);
          return ids;
        });
  }

  void remove(K key, String id) {
    lists.computeIfPresent(
        key,
        (k, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  /**
   * The ids of a key: a view that lives until it is empty, not to be changed; empty if there is
   * none.
   */
  Set<String> ids(K key) {
    return lists.getOrDefault(key, Set.of());
  }

  /** A live view of the keys that have at least one id. */
  Set<K> keys() {
    return lists.keySet();
  }

  void clear() {
    lists.clear();
  }
}

package io.agents.registry.ets.internal;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Posting lists by key. A list that becomes empty is dropped, without losing a slot that is just
 * being added. Any number of threads may read and write.
 *
 * @param <K> what is indexed
 */
final class Postings<K> {

  private final ConcurrentMap<K, Posting> lists;

  /** Keeps the lists in a map, which nobody else uses. */
  Postings(ConcurrentMap<K, Posting> lists) {
    this.lists = lists;
  }

  void add(K key, int slot) {
    while (true) {
      Posting list = lists.get(key);
      if (list == null) {
        list = lists.computeIfAbsent(key, k -> new Posting());
      }
      if (list.add(slot)) {
        return;
      }
      // It was dropped, and perhaps not yet taken out by the one who dropped it.
      lists.remove(key, list);
    }
  }

  void remove(K key, int slot) {
    Posting list = lists.get(key);
    if (list != null) {
      list.remove(slot);
      if (list.size() == 0 && list.dropIfEmpty()) {
        lists.remove(key, list);
      }
    }
  }

  /** The list of a key, or null if nobody has it. */
  @Nullable Posting get(K key) {
    return lists.get(key);
  }

  /** The map from key to list; not to be changed. */
  ConcurrentMap<K, Posting> lists() {
    return lists;
  }
}

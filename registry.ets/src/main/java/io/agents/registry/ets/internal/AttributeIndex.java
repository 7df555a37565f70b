package io.agents.registry.ets.internal;

import io.agents.registry.api.AttributeReader;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The posting lists of one attribute, by value. Writes of one id are serialised by the store; any
 * number of threads may read.
 */
final class AttributeIndex {

  private final AttributeReader attribute;
  private final Postings<Object> postings = new Postings<>();
  private final AtomicLong moves = new AtomicLong();

  AttributeIndex(String attribute) {
    this.attribute = AttributeReader.of(attribute);
  }

  String attribute() {
    return attribute.attribute();
  }

  /** The keys of all values that metadata have here. */
  Set<Object> keys(Metadata metadata) {
    if (metadata.isEmpty()) {
      return Set.of();
    }
    Keys keys = new Keys();
    attribute.forEachValue(metadata, keys);
    return keys.all;
  }

  /** Most agents have one value of an attribute, which needs no hash table. Used by one thread. */
  private static final class Keys implements Consumer<Object> {
    private Set<Object> all = Set.of();

    @Override
    public void accept(Object value) {
      Object key = Query.valueKey(value);
      if (key == null || all.contains(key)) {
        return;
      }
      if (all.isEmpty()) {
        all = Set.of(key);
        return;
      }
      if (all.size() == 1) {
        all = new HashSet<>(all);
      }
      all.add(key);
    }
  }

  void add(Object key, String id) {
    postings.add(key, id);
  }

  /** Takes an agent out of a list; {@code stays} if the agent itself stays, with other values. */
  void remove(Object key, String id, boolean stays) {
    if (stays) {
      // Counted first: whoever then misses the id in this list finds that the count has changed.
      moves.incrementAndGet();
    }
    postings.remove(key, id);
  }

  /**
   * How often an agent that stays has left a list. While this is the same, nobody went from one
   * list to another, and nobody left a list and came back.
   */
  long moves() {
    return moves.get();
  }

  /** The agents that have a value with this key; a live view. */
  Set<String> ids(Object key) {
    return postings.ids(key);
  }

  /** How many posting lists there are: one for each key that somebody has. */
  int lists() {
    return postings.keys().size();
  }

  void clear() {
    postings.clear();
  }
}

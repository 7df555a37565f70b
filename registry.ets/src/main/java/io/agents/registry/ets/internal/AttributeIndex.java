package io.agents.registry.ets.internal;

import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The posting lists of one attribute, by value. Writes of one id are serialised by the store; any
 * number of threads may read.
 */
final class AttributeIndex {

  private final String attribute;
  private final Postings<Object> postings = new Postings<>();
  private final AtomicLong moves = new AtomicLong();

  AttributeIndex(String attribute) {
    this.attribute = attribute;
  }

  String attribute() {
    return attribute;
  }

  /** The keys of all values that metadata have here. */
  Set<Object> keys(Metadata metadata) {
    Set<Object> keys = new HashSet<>();
    metadata.forEachValue(
        attribute,
        value -> {
          Object key = Query.valueKey(value);
          if (key != null) {
            keys.add(key);
          }
        });
    return keys;
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

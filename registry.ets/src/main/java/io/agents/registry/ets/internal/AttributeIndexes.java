package io.agents.registry.ets.internal;

import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posting lists by value for a fixed set of attributes. Writes of one id are serialised by the
 * store.
 */
final class AttributeIndexes {

  private final Map<String, Postings<Object>> byAttribute = new TreeMap<>();

  /** Counts how often an agent that stays left a posting list. */
  private final AtomicLong moves = new AtomicLong();

  AttributeIndexes(Set<String> attributes) {
    attributes.forEach(attribute -> byAttribute.put(attribute, new Postings<>()));
  }

  Set<String> attributes() {
    return new TreeSet<>(byAttribute.keySet());
  }

  /** Makes the id found by the new values too; to be called before the new revision can be read. */
  void addMissing(String id, Metadata before, Metadata now) {
    byAttribute.forEach(
        (attribute, postings) -> {
          Set<Object> former = keys(before, attribute);
          for (Object key : keys(now, attribute)) {
            if (!former.contains(key)) {
              postings.add(key, id);
            }
          }
        });
  }

  /**
   * Makes the id not found by the former values any more; to be called once the new revision can be
   * read.
   */
  void removeObsolete(String id, Metadata before, Metadata now) {
    byAttribute.forEach(
        (attribute, postings) -> {
          Set<Object> present = keys(now, attribute);
          for (Object key : keys(before, attribute)) {
            if (!present.contains(key)) {
              // Counted first: whoever then misses the id in this list sees that the count has
              // changed.
              moves.incrementAndGet();
              postings.remove(key, id);
            }
          }
        });
  }

  /**
   * How often an agent that stays left a posting list. A reader of several lists that finds the
   * count unchanged has missed nobody who went from a list that it had not yet read to one that it
   * had.
   */
  long moves() {
    return moves.get();
  }

  boolean covers(Query.Comparison comparison) {
    return comparison.operator() == Query.Operator.EQUAL
        && byAttribute.containsKey(comparison.attribute());
  }

  /** The posting list of one of the keys that an operand equals. */
  Set<String> list(String attribute, Object key) {
    return byAttribute.get(attribute).ids(key);
  }

  void clear() {
    byAttribute.values().forEach(Postings::clear);
  }

  private static Set<Object> keys(Metadata metadata, String attribute) {
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
}

package io.agents.registry.ets.internal;

import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The indexes of a fixed set of attributes. Writes of one id are serialised by the store. */
final class AttributeIndexes {

  /** One posting list that an id joins or leaves. */
  private record Entry(AttributeIndex index, Object key) {}

  /** What a write does to the indexes, in two halves: see {@link AgentStore} for the order. */
  record Change(String id, boolean stays, List<Entry> joins, List<Entry> leaves) {

    /** To be called before the new revision can be read. */
    void join() {
      joins.forEach(entry -> entry.index.add(entry.key, id));
    }

    /** To be called once the new revision can be read. */
    void leave() {
      leaves.forEach(entry -> entry.index.remove(entry.key, id, stays));
    }
  }

  private final Map<String, AttributeIndex> byAttribute = new TreeMap<>();

  AttributeIndexes(Set<String> attributes) {
    attributes.forEach(attribute -> byAttribute.put(attribute, new AttributeIndex(attribute)));
  }

  Set<String> attributes() {
    return Set.copyOf(byAttribute.keySet());
  }

  /**
   * What has to change for an agent. Lists that both revisions need are not among it.
   *
   * @param before the former metadata, empty if there was no agent
   * @param now the new metadata, empty if there will be no agent
   * @param known whether the former revision is indexed here for sure
   */
  Change change(String id, Metadata before, Metadata now, boolean stays, boolean known) {
    List<Entry> joins = new ArrayList<>();
    List<Entry> leaves = new ArrayList<>();
    for (AttributeIndex index : byAttribute.values()) {
      Set<Object> former = index.keys(before);
      Set<Object> next = index.keys(now);
      for (Object key : next) {
        if (!known || !former.contains(key)) {
          joins.add(new Entry(index, key));
        }
      }
      for (Object key : former) {
        if (!next.contains(key)) {
          leaves.add(new Entry(index, key));
        }
      }
    }
    return new Change(id, stays, joins, leaves);
  }

  /** The index that answers a comparison, or null if none does. */
  @Nullable AttributeIndex covering(Query.Comparison comparison) {
    return comparison.operator() == Query.Operator.EQUAL
        ? byAttribute.get(comparison.attribute())
        : null;
  }

  /** How many posting lists there are in all. */
  int lists() {
    return byAttribute.values().stream().mapToInt(AttributeIndex::lists).sum();
  }

  void clear() {
    byAttribute.values().forEach(AttributeIndex::clear);
  }
}

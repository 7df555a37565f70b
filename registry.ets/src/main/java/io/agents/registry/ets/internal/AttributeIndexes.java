package io.agents.registry.ets.internal;

import io.agents.registry.api.Metadata;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The indexes of a fixed set of attributes. Writes of one slot are serialised by the store. */
final class AttributeIndexes {

  private final Indexing indexing;
  private final Map<String, AttributeIndex> byAttribute = new TreeMap<>();
  private final AttributeIndex[] all;

  AttributeIndexes(Indexing indexing) {
    this.indexing = indexing;
    for (String attribute : indexing.attributes()) {
      byAttribute.put(
          attribute, new AttributeIndex(attribute, indexing.ordered().contains(attribute)));
    }
    all = byAttribute.values().toArray(new AttributeIndex[0]);
  }

  /** Empty ones of the same attributes. */
  AttributeIndexes emptied() {
    return new AttributeIndexes(indexing);
  }

  Indexing indexing() {
    return indexing;
  }

  Set<String> attributes() {
    return indexing.attributes();
  }

  /** As {@link AttributeIndex#change}. */
  void change(int slot, Metadata former, Metadata now, boolean known) {
    for (AttributeIndex index : all) {
      index.change(slot, former, now, known);
    }
  }

  /** The index of an attribute, or null if there is none. */
  @Nullable AttributeIndex of(String attribute) {
    return byAttribute.get(attribute);
  }

  /** How many posting lists of values there are in all. */
  int lists() {
    return byAttribute.values().stream().mapToInt(index -> index.lists().size()).sum();
  }
}

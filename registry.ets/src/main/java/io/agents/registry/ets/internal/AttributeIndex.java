package io.agents.registry.ets.internal;

import io.agents.registry.api.AttributeReader;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The posting lists of one attribute, by the key of its values, and the list of the agents that
 * have the attribute at all. Writes of one slot are serialised by the store; any number of threads
 * may read.
 */
final class AttributeIndex {

  private final AttributeReader attribute;

  /** By key in the order of {@link Query#compareKeys}; null if the index is not ordered. */
  private final @Nullable ConcurrentNavigableMap<Object, Posting> ordered;

  private final Postings<Object> byKey;
  private final SlotBits present = new SlotBits();

  AttributeIndex(String attribute, boolean inOrder) {
    this.attribute = AttributeReader.of(attribute);
    ordered = inOrder ? new ConcurrentSkipListMap<>(Query::compareKeys) : null;
    byKey = new Postings<>(ordered == null ? new ConcurrentHashMap<>() : ordered);
  }

  String attribute() {
    return attribute.attribute();
  }

  /**
   * Puts a slot into the lists that the metadata belong to, and out of those that only the former
   * metadata belonged to. Lists that both belong to are left alone.
   *
   * @param former the former metadata, empty if there was no agent
   * @param now the metadata, empty if there will be no agent
   * @param known whether the former metadata are indexed for sure
   */
  void change(int slot, Metadata former, Metadata now, boolean known) {
    if (former.isEmpty()) {
      add(slot, now);
    } else if (now.isEmpty()) {
      remove(slot, former);
    } else {
      move(slot, former, now, known);
    }
  }

  /** The lists of a slot that is in none. A value that comes twice does no harm. */
  private void add(int slot, Metadata now) {
    attribute.forEachValue(
        now,
        value -> {
          Object key = Query.valueKey(value);
          if (key != null) {
            byKey.add(key, slot);
          }
        });
    if (attribute.isPresent(now)) {
      present.add(slot);
    }
  }

  private void remove(int slot, Metadata former) {
    attribute.forEachValue(
        former,
        value -> {
          Object key = Query.valueKey(value);
          if (key != null) {
            byKey.remove(key, slot);
          }
        });
    present.remove(slot);
  }

  private void move(int slot, Metadata former, Metadata now, boolean known) {
    ValueKeys formerKeys = new ValueKeys();
    attribute.forEachValue(former, formerKeys);
    ValueKeys nowKeys = new ValueKeys();
    attribute.forEachValue(now, nowKeys);
    for (int i = 0; i < nowKeys.size(); i++) {
      if (!known || !formerKeys.contains(nowKeys.get(i))) {
        byKey.add(nowKeys.get(i), slot);
      }
    }
    for (int i = 0; i < formerKeys.size(); i++) {
      if (!nowKeys.contains(formerKeys.get(i))) {
        byKey.remove(formerKeys.get(i), slot);
      }
    }
    if (attribute.isPresent(now)) {
      present.add(slot);
    } else {
      present.remove(slot);
    }
  }

  /** The agents that have a value with this key, or null if there are none. */
  @Nullable Posting list(Object key) {
    return byKey.get(key);
  }

  /** The agents that have the attribute. */
  SlotBits present() {
    return present;
  }

  /** All lists by key; not to be changed. */
  Map<Object, Posting> lists() {
    return byKey.lists();
  }

  /** All lists in the order of their keys; not to be changed. Null if the index is not ordered. */
  @Nullable ConcurrentNavigableMap<Object, Posting> ordered() {
    return ordered;
  }
}

package io.agents.registry.ets.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.api.Query;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the keys of the values that an agent has in an attribute, each once. Most agents have
 * one or two, which need no hash table. Used by one thread.
 */
final class ValueKeys implements Consumer<Object> {

  /** More are looked up by hash. */
  private static final int COMPARED = 16;

  private Object @Nullable [] keys;
  private int size;
  private @Nullable Set<Object> known;

  @Override
  public void accept(Object value) {
    Object key = Query.valueKey(value);
    if (key == null || (known == null ? contains(key) : !known.add(key))) {
      return;
    }
    Object[] present = keys == null ? new Object[2] : keys;
    if (size == present.length) {
      present = Arrays.copyOf(present, 2 * size);
    }
    present[size++] = key;
    keys = present;
    if (size == COMPARED) {
      known = new HashSet<>(Arrays.asList(present).subList(0, size));
    }
  }

  boolean contains(Object key) {
    if (known != null) {
      return known.contains(key);
    }
    for (int i = 0; i < size; i++) {
      if (get(i).equals(key)) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  Object get(int at) {
    return requireNonNull(keys)[at];
  }
}

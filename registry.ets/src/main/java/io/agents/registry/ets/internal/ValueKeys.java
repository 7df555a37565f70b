package io.agents.registry.ets.internal;

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

  private Object[] keys = new Object[2];
  private int size;
  private @Nullable Set<Object> known;

  @Override
  public void accept(Object value) {
    Object key = Query.valueKey(value);
    if (key == null || (known == null ? contains(key) : !known.add(key))) {
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = key;
    if (size == COMPARED) {
      known = new HashSet<>(Arrays.asList(keys).subList(0, size));
    }
  }

  boolean contains(Object key) {
    if (known != null) {
      return known.contains(key);
    }
    for (int i = 0; i < size; i++) {
      if (keys[i].equals(key)) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  Object get(int at) {
    return keys[at];
  }
}

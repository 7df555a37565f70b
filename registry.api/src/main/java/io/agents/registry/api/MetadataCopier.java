package io.agents.registry.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Copies and checks one map; used once, by one thread. */
final class MetadataCopier {

  static final String ALLOWED =
      "a string, number, boolean, character, enum, or a list, set or string-keyed map of those";

  // Other subclasses of Number may change after the copy, or belong to a bundle that goes.
  private static final Set<Class<?>> NUMBERS =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private final MetadataLimits limits;
  private int count;

  MetadataCopier(MetadataLimits limits) {
    this.limits = limits;
  }

  Metadata copy(@Nullable Map<String, ?> map) {
    if (map == null) {
      throw new InvalidMetadataException("", null, "the metadata is null; a map is needed");
    }
    if (map instanceof Metadata same && isWithin(same, 1)) {
      return same;
    }
    // Metadata over the limits are refused here, with the place where they are over it.
    return new MetadataCopier(limits).copyMap("", map, 1);
  }

  /** Whether metadata, which were checked when they were made, keep these limits too. */
  private boolean isWithin(Metadata metadata, int depth) {
    if (depth > limits.maxDepth()) {
      return false;
    }
    for (int i = 0; i < metadata.size(); i++) {
      if (!isValueWithin(metadata.valueAt(i), depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean isValueWithin(Object value, int depth) {
    if (++count > limits.maxValues()) {
      return false;
    }
    if (value instanceof Metadata nested) {
      return isWithin(nested, depth + 1);
    }
    if (value instanceof Collection<?> elements) {
      if (depth + 1 > limits.maxDepth()) {
        return false;
      }
      for (Object element : elements) {
        if (!isValueWithin(element, depth + 1)) {
          return false;
        }
      }
    }
    return true;
  }

  private Metadata copyMap(String path, Map<?, ?> map, int depth) {
    requireDepth(path, depth);
    TreeMap<String, Object> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key) || key.isEmpty()) {
        throw new InvalidMetadataException(
            path,
            entry.getKey(),
            at(path) + " has the key " + quoted(entry.getKey()) + "; a key is a non-empty string");
      }
      String keyPath = path.isEmpty() ? key : path + "." + key;
      sorted.put(key, copyValue(keyPath, entry.getValue(), depth));
    }
    return sorted.isEmpty()
        ? Metadata.empty()
        : new Metadata(sorted.keySet().toArray(String[]::new), sorted.values().toArray());
  }

  private Object copyValue(String path, @Nullable Object value, int depth) {
    countValue(path);
    if (value instanceof String || value instanceof Boolean || value instanceof Character) {
      return value;
    }
    if (value instanceof Number number) {
      return copyNumber(path, number);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(path, map, depth + 1);
    }
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(copyElements(path, list, depth + 1, new ArrayList<>()));
    }
    if (value instanceof Set<?> set) {
      return Collections.unmodifiableSet(copyElements(path, set, depth + 1, new LinkedHashSet<>()));
    }
    throw refused(path, value);
  }

  private static Number copyNumber(String path, Number number) {
    if (NUMBERS.contains(number.getClass())) {
      return number;
    }
    if (number instanceof AtomicInteger atomic) {
      return atomic.get();
    }
    if (number instanceof AtomicLong atomic) {
      return atomic.get();
    }
    throw refused(path, number);
  }

  private <C extends Collection<Object>> C copyElements(
      String path, Collection<?> from, int depth, C into) {
    requireDepth(path, depth);
    int index = 0;
    for (Object element : from) {
      into.add(copyValue(path + "[" + index++ + "]", element, depth));
    }
    return into;
  }

  private void requireDepth(String path, int depth) {
    if (depth > limits.maxDepth()) {
      throw new InvalidMetadataException(
          path,
          null,
          at(path) + " is nested deeper than the limit of " + limits.maxDepth() + " levels");
    }
  }

  private void countValue(String path) {
    if (++count > limits.maxValues()) {
      throw new InvalidMetadataException(
          path, null, at(path) + " is over the limit of " + limits.maxValues() + " values in all");
    }
  }

  private static InvalidMetadataException refused(String path, @Nullable Object value) {
    String what = value == null ? "null" : "of the type " + value.getClass().getName();
    return new InvalidMetadataException(
        path, value, at(path) + " is " + what + "; allowed is " + ALLOWED);
  }

  private static String at(String path) {
    return path.isEmpty() ? "the metadata" : "the metadata value at '" + path + "'";
  }

  private static String quoted(@Nullable Object key) {
    return key == null ? "null" : "'" + key + "'";
  }
}

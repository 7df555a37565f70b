package io.agents.registry.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The attribute name of a query, prepared for reading it from metadata: the name as one key, and
 * every way to split it at a dot into a key of this level and a path below it.
 */
final class AttributePath {

  private static final int MAX_DOTS = MetadataLimits.HIGHEST_DEPTH;

  private record Split(String key, AttributePath rest) {}

  private final String name;
  private final List<Split> splits;

  private AttributePath(String name, List<Split> splits) {
    this.name = name;
    this.splits = splits;
  }

  static AttributePath of(String name) {
    requireAttribute(name);
    if (name.indexOf('.') < 0) {
      return new AttributePath(name, List.of());
    }
    // From the back, so that every suffix is prepared once and shared by all splits that end in it.
    NavigableMap<Integer, AttributePath> suffixes = new TreeMap<>();
    for (int start = name.length() - 1; start >= 0; start--) {
      if (start == 0 || name.charAt(start - 1) == '.') {
        suffixes.put(start, suffix(name, start, suffixes));
      }
    }
    return requireNonNull(suffixes.get(0));
  }

  private static AttributePath suffix(
      String name, int start, NavigableMap<Integer, AttributePath> shorter) {
    List<Split> splits = new ArrayList<>();
    shorter.forEach(
        (next, rest) -> {
          int dot = next - 1;
          if (dot > start) {
            splits.add(new Split(name.substring(start, dot), rest));
          }
        });
    return new AttributePath(name.substring(start), List.copyOf(splits));
  }

  private static void requireAttribute(String name) {
    if (name == null) {
      throw new InvalidQueryException("null", 0, "an attribute name");
    }
    if (name.isEmpty() || !name.equals(name.strip())) {
      throw new InvalidQueryException(
          name, 0, "an attribute name that is not empty and does not begin or end with a space");
    }
    int dots = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ("=<>~()*\\".indexOf(c) >= 0 || (i == 0 && "!&|".indexOf(c) >= 0)) {
        throw new InvalidQueryException(
            name, i, "an attribute name without = < > ~ ( ) * \\ and not beginning with ! & |");
      }
      if (c == '.' && ++dots > MAX_DOTS) {
        throw new InvalidQueryException(
            name, i, "an attribute name with at most " + MAX_DOTS + " dots");
      }
    }
  }

  String name() {
    return name;
  }

  /** Whether one of the single values that this path reaches passes the test. */
  boolean anyValue(Map<?, ?> metadata, Predicate<Object> test) {
    Object value = metadata.get(name);
    if (value != null && anyElement(value, test)) {
      return true;
    }
    for (Split split : splits) {
      Object below = metadata.get(split.key);
      if (below != null && split.rest.anyValueBelow(below, test)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this path reaches anything at all, be it a map or an empty list. */
  boolean isPresent(Map<?, ?> metadata) {
    if (metadata.get(name) != null) {
      return true;
    }
    for (Split split : splits) {
      Object below = metadata.get(split.key);
      if (below != null && split.rest.isPresentBelow(below)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyValueBelow(Object value, Predicate<Object> test) {
    if (value instanceof Map<?, ?> map) {
      return anyValue(map, test);
    }
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        if (anyValueBelow(element, test)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPresentBelow(Object value) {
    if (value instanceof Map<?, ?> map) {
      return isPresent(map);
    }
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        if (isPresentBelow(element)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean anyElement(Object value, Predicate<Object> test) {
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        if (anyElement(element, test)) {
          return true;
        }
      }
      return false;
    }
    return !(value instanceof Map) && test.test(value);
  }
}

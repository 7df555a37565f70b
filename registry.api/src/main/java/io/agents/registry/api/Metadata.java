package io.agents.registry.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an agent: an immutable map from non-empty strings to values, in the order of its
 * keys.
 *
 * <p>Values are strings, numbers, booleans, characters, and lists, sets and string-keyed maps of
 * those. Maps inside are {@code Metadata} too; lists and sets can't be changed. An enum is kept as
 * its {@linkplain Enum#name() name} and an {@code AtomicInteger} or {@code AtomicLong} as the
 * number it held, so that metadata never changes later and never keeps a class of the agent's
 * bundle alive.
 *
 * <p>Equality is that of {@link Map}.
 */
public final class Metadata extends AbstractMap<String, Object> {

  // Design: two parallel arrays sorted by key. An agent has a handful of keys, for which a search
  // through a sorted array is as fast as a hash table and takes a third of its memory. Both arrays
  // are never written after construction.

  private static final Metadata EMPTY = new Metadata(new String[0], new Object[0]);

  private final String[] keys;
  private final Object[] values;

  /** Takes arrays that nobody else holds, sorted by key. */
  Metadata(String[] keys, Object[] values) {
    this.keys = keys;
    this.values = values;
  }

  /**
   * Metadata without a key.
   *
   * @return the empty metadata
   */
  public static Metadata empty() {
    return EMPTY;
  }

  /**
   * Copies a map, under the default limits.
   *
   * @param map what to copy; not kept
   * @return an immutable copy; the argument itself if it is metadata within the limits
   * @throws InvalidMetadataException if the map is null, holds an empty or null key, a null value
   *     or one of a type that is not allowed, or is too deep or too large; it names the path of the
   *     key and what is allowed
   */
  public static Metadata copyOf(Map<String, ?> map) {
    return copyOf(map, MetadataLimits.DEFAULT);
  }

  /**
   * Copies a map, under the given limits.
   *
   * @param map what to copy; not kept
   * @param limits how deep and how large it may be
   * @return an immutable copy; the argument itself if it is metadata within the limits
   * @throws InvalidMetadataException as {@link #copyOf(Map)}
   */
  public static Metadata copyOf(Map<String, ?> map, MetadataLimits limits) {
    return new MetadataCopier(limits).copy(map);
  }

  /**
   * The value of a key of this level; dots in the key mean nothing here.
   *
   * @param key the key
   * @return the value, or null if there is none
   */
  @Override
  public @Nullable Object get(Object key) {
    int at = indexOf(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object key) {
    return indexOf(key) >= 0;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new Entries();
  }

  /**
   * Gives every single value that a path of a query reaches: {@code a.b} reads the key {@code a.b}
   * of this level, and the key {@code b} of a map under {@code a}; lists and sets are gone through,
   * element by element, at every step. Every way of reading the path counts. Maps themselves are no
   * single values and are not given. Whoever reads the same path again and again is better off with
   * an {@link AttributeReader}.
   *
   * @param path the path, keys joined by dots
   * @param action is given each value: a string, number, boolean or character; a value may come
   *     more than once
   * @throws InvalidQueryException if the path is no attribute name
   */
  public void forEachValue(String path, Consumer<Object> action) {
    AttributeReader.of(path).forEachValue(this, action);
  }

  /** The value of the key with this number, in the order of keys. */
  Object valueAt(int number) {
    return values[number];
  }

  private int indexOf(Object key) {
    return key instanceof String text ? Arrays.binarySearch(keys, text) : -1;
  }

  private final class Entries extends AbstractSet<Entry<String, Object>> {
    @Override
    public Iterator<Entry<String, Object>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < keys.length;
        }

        @Override
        public Entry<String, Object> next() {
          if (next >= keys.length) {
            throw new NoSuchElementException();
          }
          Entry<String, Object> entry = Map.entry(keys[next], values[next]);
          next++;
          return entry;
        }
      };
    }

    @Override
    public int size() {
      return keys.length;
    }
  }
}

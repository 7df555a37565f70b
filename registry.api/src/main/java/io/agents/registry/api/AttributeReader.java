package io.agents.registry.api;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads one attribute from metadata, as a query reads it: {@code a.b} reads the key {@code a.b} of
 * the first level, and the key {@code b} of a map under {@code a}; lists and sets are gone through,
 * element by element, at every step. For an implementation that indexes an attribute: what it has
 * to know of the name is worked out once.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class AttributeReader {

  private final AttributePath path;

  private AttributeReader(AttributePath path) {
    this.path = path;
  }

  /**
   * Makes a reader. The cost grows with the length of the name and the number of its dots.
   *
   * @param attribute the name as it stands in a query, keys joined by dots
   * @return its reader
   * @throws InvalidQueryException if it is null or no attribute name
   */
  public static AttributeReader of(String attribute) {
    return new AttributeReader(AttributePath.of(attribute));
  }

  /**
   * The attribute that is read.
   *
   * @return its name, as given
   */
  public String attribute() {
    return path.name();
  }

  /**
   * Gives every single value that the attribute has. Every way of reading the path counts. Maps
   * themselves are no single values and are not given.
   *
   * @param metadata what to read
   * @param action is given each value: a string, number, boolean or character; a value may come
   *     more than once
   */
  public void forEachValue(Map<String, ?> metadata, Consumer<Object> action) {
    path.anyValue(
        metadata,
        value -> {
          action.accept(value);
          return false;
        });
  }

  /**
   * Whether the attribute is there at all, be it a map or an empty list, as {@link Query.Present}
   * asks.
   *
   * @param metadata what to read
   * @return whether one way of reading the path reaches something
   */
  public boolean isPresent(Map<String, ?> metadata) {
    return path.isPresent(metadata);
  }
}

package io.agents.registry.testkit;

import io.agents.registry.api.Metadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Metadata and operands from a small world, so that random queries meet random agents: few names,
 * few values, every type, lists, sets, nested maps, and texts that are hard to write in a filter.
 * Not safe for threads.
 */
public final class RandomMetadata {

  /** The names and paths that queries ask for; the last one is one that no agent has. */
  static final List<String> ATTRIBUTES =
      List.of(
          "capability",
          "health_status",
          "node",
          "load",
          "active",
          "text",
          "tags",
          "resources",
          "resources.memory",
          "resources.gpu.model",
          "a.b.c",
          "unknown");

  /**
   * Single values: equal numbers of different types are among them, and texts that look like
   * numbers.
   */
  static final List<Object> VALUES =
      List.of(
          "translation",
          "search",
          "vision",
          "healthy",
          "degraded",
          "node-1",
          "node-2",
          "node-3",
          1,
          1L,
          1.0,
          "1",
          (short) 2,
          new BigDecimal("2.50"),
          2.5f,
          BigInteger.TWO,
          -3.25,
          "-3.25",
          Long.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          new BigDecimal("1E+30"),
          1e30,
          true,
          false,
          "true",
          "False",
          'c',
          "c",
          "",
          " ",
          " lead",
          "trail ",
          "a*b",
          "(x)",
          "\\",
          "*",
          "\u00DCn\u00EF",
          "A B",
          "ab");

  private final Random random;

  /**
   * A source of random metadata.
   *
   * @param random where chance comes from; the same seed gives the same metadata
   */
  public RandomMetadata(Random random) {
    this.random = random;
  }

  /**
   * New metadata.
   *
   * @return metadata of up to eight attributes
   */
  public Metadata next() {
    Map<String, Object> map = new HashMap<>();
    for (String name :
        List.of("capability", "health_status", "node", "load", "active", "text", "tags")) {
      if (random.nextInt(4) > 0) {
        map.put(name, valueOrCollection());
      }
    }
    switch (random.nextInt(6)) {
      case 0 -> map.put("resources", resources());
      case 1 -> map.put("resources", List.of(resources(), resources(), value()));
      case 2 -> map.put("resources.memory", valueOrCollection());
      case 3 -> map.put("a", Map.of("b.c", value(), "b", Map.of("c", value())));
      case 4 -> map.put("a.b", Map.of("c", valueOrCollection()));
      default -> map.put("resources", value());
    }
    return Metadata.copyOf(map);
  }

  /**
   * A single value.
   *
   * @return a string, number, boolean or character
   */
  public Object value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private Map<String, Object> resources() {
    return Map.of("memory", valueOrCollection(), "gpu", Map.of("model", value()));
  }

  private Object valueOrCollection() {
    return switch (random.nextInt(5)) {
      case 0 -> list(random.nextInt(4));
      case 1 -> set(random.nextInt(4));
      default -> value();
    };
  }

  private List<Object> list(int size) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(random.nextInt(8) == 0 ? List.of(value(), value()) : value());
    }
    return list;
  }

  private Set<Object> set(int size) {
    Set<Object> set = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      set.add(value());
    }
    return set;
  }
}

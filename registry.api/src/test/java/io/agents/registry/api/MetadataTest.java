package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R5 Metadata")
class MetadataTest {

  private static final List<Object> ALLOWED =
      List.of(
          "text",
          "",
          'c',
          true,
          (byte) 1,
          (short) 2,
          3,
          4L,
          5.5f,
          6.5,
          BigInteger.TEN,
          new BigDecimal("1.50"),
          Double.NaN);

  @Test
  @DisplayName("R5.1 R5.4 every allowed value is kept with its type")
  void keepsAllowedValues() {
    for (Object value : ALLOWED) {
      Metadata metadata = Metadata.copyOf(Map.of("k", value));
      assertThat(metadata.get("k")).isSameAs(value);
      assertThat(metadata).isEqualTo(Map.of("k", value));
    }
  }

  private enum Health {
    OK {
      @Override
      public String toString() {
        return "fine";
      }
    }
  }

  @Test
  @DisplayName("R5.4 an enum is kept as its name, an atomic number as its number")
  void keepsEnumsAndAtomicsByValue() {
    AtomicInteger integer = new AtomicInteger(1);
    AtomicLong number = new AtomicLong(2);
    Metadata metadata =
        Metadata.copyOf(
            Map.of("unit", TimeUnit.DAYS, "own", Health.OK, "int", integer, "long", number));
    integer.set(9);
    number.set(9);
    assertThat(metadata).isEqualTo(Map.of("unit", "DAYS", "own", "OK", "int", 1, "long", 2L));
  }

  @Test
  @DisplayName("R5.2 collections and maps are copied through all levels")
  void copiesDeeply() {
    List<Object> list = new ArrayList<>(List.of(1));
    Map<String, Object> inner = new HashMap<>(Map.of("list", list));
    Set<Object> set = new java.util.LinkedHashSet<>(List.of("a"));
    Map<String, Object> map = new HashMap<>(Map.of("inner", inner, "set", set));
    Metadata metadata = Metadata.copyOf(map);
    list.add(2);
    inner.clear();
    set.add("b");
    map.put("more", 1);
    assertThat(metadata).isEqualTo(Map.of("inner", Map.of("list", List.of(1)), "set", Set.of("a")));
  }

  @Test
  @DisplayName("R5.3 nothing can be changed on any level")
  void cannotBeChanged() {
    Metadata metadata =
        Metadata.copyOf(
            Map.of("map", Map.of("k", 1), "list", List.of(1, Map.of("k", 1)), "set", Set.of(1)));
    assertThatThrownBy(() -> metadata.put("x", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.remove("map"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(metadata::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.entrySet().iterator().next().setValue(1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.keySet().remove("map"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) metadata.get("map")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Collection<?>) metadata.get("list")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Collection<?>) metadata.get("set")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    Map<?, ?> inList = (Map<?, ?>) ((List<?>) metadata.get("list")).get(1);
    assertThatThrownBy(inList::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(metadata).hasSize(3);
  }

  @Test
  @DisplayName("R5.2 metadata is not copied again, if it is within the limits")
  void keepsMetadata() {
    Metadata metadata = Metadata.copyOf(Map.of("a", Map.of("b", 1)));
    assertThat(Metadata.copyOf(metadata)).isSameAs(metadata);
    assertThatThrownBy(() -> Metadata.copyOf(metadata, new MetadataLimits(1, 10)))
        .isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  @DisplayName("R5.2, R5.5 metadata is held to other limits like any map")
  void metadataAreHeldToOtherLimitsLikeAnyMap() {
    Metadata metadata =
        Metadata.copyOf(Map.of("a", Map.of("b", 1), "list", List.of(List.of(1), Set.of(2), 3)));
    assertThat(Metadata.copyOf(metadata, new MetadataLimits(3, 8))).isSameAs(metadata);
    assertThatThrownBy(() -> Metadata.copyOf(metadata, new MetadataLimits(3, 7)))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo("list[2]"));
    assertThatThrownBy(() -> Metadata.copyOf(metadata, new MetadataLimits(2, 8)))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).startsWith("list["));
    Metadata flat = Metadata.copyOf(Map.of("a", Map.of("b", Map.of())));
    assertThat(Metadata.copyOf(flat, new MetadataLimits(3, 2))).isSameAs(flat);
    assertThatThrownBy(() -> Metadata.copyOf(flat, new MetadataLimits(2, 2)))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo("a.b"));
  }

  @Test
  @DisplayName("R5.6 a wrong value is refused with its path, and what is allowed")
  void refusesWrongValues() {
    assertRefused(Map.of("k", new Object()), "k", "java.lang.Object");
    assertRefused(
        Map.of("a", Map.of("b", List.of(1, java.time.Instant.EPOCH))),
        "a.b[1]",
        "java.time.Instant");
    assertRefused(Map.of("k", new int[] {1}), "k", "[I");
    assertRefused(Map.of("k", new String[] {"x"}), "k", "[Ljava.lang.String;");
    assertRefused(Map.of("k", new DoubleAdder()), "k", "java.util.concurrent.atomic.DoubleAdder");
    assertRefused(Map.of("k", new java.util.ArrayDeque<>(List.of(1))), "k", "java.util.ArrayDeque");
    assertRefused(Collections.singletonMap("k", null), "k", "null");
    assertRefused(Map.of("list", Arrays.asList("x", null)), "list[1]", "null");
    assertRefused(Map.of("k", new BigDecimal("1") {}), "k", "MetadataTest");
  }

  private static void assertRefused(Map<String, ?> map, String path, String type) {
    assertThatThrownBy(() -> Metadata.copyOf(map))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo(path))
        .hasMessageContainingAll("'" + path + "'", type, "allowed is a string, number");
  }

  @Test
  @DisplayName("R5.6 null, a null key, an empty key and a key of another type are refused")
  void refusesWrongKeys() {
    assertThatThrownBy(() -> Metadata.copyOf(null))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("null");
    for (Map<String, ?> map : List.of(Map.of("", 1), Collections.singletonMap((String) null, 1))) {
      assertThatThrownBy(() -> Metadata.copyOf(map))
          .isInstanceOf(InvalidMetadataException.class)
          .hasMessageContaining("non-empty string");
    }
    assertThatThrownBy(() -> Metadata.copyOf(Map.of("a", Map.of("b", Map.of(7, 1)))))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class,
            e -> {
              assertThat(e.keyPath()).isEqualTo("a.b");
              assertThat(e.value()).isEqualTo(7);
            })
        .hasMessageContaining("'7'");
  }

  @Test
  @DisplayName("R5.5 the limits are exact")
  void limitsAreExact() {
    MetadataLimits limits = new MetadataLimits(3, 5);
    Metadata.copyOf(Map.of("a", Map.of("b", Map.of("c", 1))), limits);
    Metadata.copyOf(Map.of("a", List.of(List.of(1))), limits);
    Metadata.copyOf(Map.of("list", List.of(1, 2, 3, 4)), limits);
    Metadata.copyOf(Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5), limits);
    assertThatThrownBy(
            () -> Metadata.copyOf(Map.of("a", Map.of("b", Map.of("c", Map.of()))), limits))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo("a.b.c"))
        .hasMessageContaining("limit of 3 levels");
    assertThatThrownBy(() -> Metadata.copyOf(Map.of("a", List.of(List.of(Set.of(1)))), limits))
        .hasMessageContaining("'a[0][0]'");
    assertThatThrownBy(() -> Metadata.copyOf(Map.of("list", List.of(1, 2, 3, 4, 5)), limits))
        .isInstanceOfSatisfying(
            InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo("list[4]"))
        .hasMessageContaining("limit of 5 values");
  }

  @Test
  @DisplayName("R5.5 limits out of range are refused with the range")
  void limitsHaveARange() {
    assertThat(MetadataLimits.DEFAULT).isEqualTo(new MetadataLimits(8, 1_000));
    assertThatThrownBy(() -> new MetadataLimits(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxDepth is 0; allowed is 1 to 32");
    assertThatThrownBy(() -> new MetadataLimits(33, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MetadataLimits(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxValues is 0");
    assertThatThrownBy(() -> new MetadataLimits(1, 1_000_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("R5.7 maps and lists that contain themselves are refused, however often")
  void refusesCycles() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    assertThatThrownBy(() -> Metadata.copyOf(map))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("deeper");
    List<Object> list = new ArrayList<>();
    list.addAll(Collections.nCopies(50, list));
    assertThatThrownBy(
            () -> Metadata.copyOf(Map.of("list", list), new MetadataLimits(32, 1_000_000)))
        .isInstanceOf(InvalidMetadataException.class);
    Map<String, Object> wide = new HashMap<>();
    List<Object> same = Collections.nCopies(20, wide);
    wide.put("a", same);
    wide.put("b", same);
    assertThatThrownBy(() -> Metadata.copyOf(wide)).isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  @DisplayName("R5.8 metadata equals any map with the same entries, in the order of the keys")
  void isAMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("b", 2);
    map.put("c", 3);
    map.put("a", 1);
    Metadata metadata = Metadata.copyOf(map);
    assertThat(metadata).isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(map).isEqualTo(metadata);
    assertThat(metadata.keySet()).containsExactly("a", "b", "c");
    assertThat(metadata.toString()).isEqualTo("{a=1, b=2, c=3}");
    assertThat(metadata).isNotEqualTo(Map.of("a", 1)).hasSize(3);
  }

  @Test
  @DisplayName("R5.8 a key that is not there has no value")
  void unknownKeys() {
    Metadata metadata = Metadata.copyOf(Map.of("a.b", 1));
    assertThat(metadata.get("a.b")).isEqualTo(1);
    assertThat(metadata.get("a")).isNull();
    assertThat(metadata.get(null)).isNull();
    assertThat(metadata.get((Object) 7)).isNull();
    assertThat(metadata.containsKey("a.b")).isTrue();
    assertThat(metadata.containsKey("a")).isFalse();
  }

  @Test
  @DisplayName("R5.9 metadata may be empty")
  void mayBeEmpty() {
    assertThat(Metadata.copyOf(Map.of())).isSameAs(Metadata.empty()).isEmpty();
    Iterator<?> iterator = Metadata.empty().entrySet().iterator();
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  @DisplayName("R6.7 R6.8 a path reaches flat keys, nested keys and elements")
  void pathsReachValues() {
    Metadata metadata =
        Metadata.copyOf(
            Map.of(
                "a.b",
                "flat",
                "a",
                Map.of("b", List.of("nested", List.of("deep")), "b.c", 1, "x", 0),
                "list",
                List.of(
                    Map.of("k", 1), "no map", List.of(Map.of("k", 2)), Map.of("k", Map.of("z", 3))),
                "a.b.c",
                2));
    assertThat(values(metadata, "a.b")).containsExactlyInAnyOrder("flat", "nested", "deep");
    assertThat(values(metadata, "a.b.c")).containsExactlyInAnyOrder(2, 1);
    assertThat(values(metadata, "list.k")).containsExactlyInAnyOrder(1, 2);
    assertThat(values(metadata, "list.k.z")).containsExactly(3);
    assertThat(values(metadata, "list")).containsExactly("no map");
    assertThat(values(metadata, "a")).isEmpty();
    assertThat(values(metadata, "b")).isEmpty();
    assertThat(values(metadata, "a.b.")).isEmpty();
    assertThat(values(metadata, ".b")).isEmpty();
    assertThat(values(metadata, "a..b")).isEmpty();
  }

  @Test
  @DisplayName("R6.8 keys with dots at their ends are reached")
  void oddKeysAreReached() {
    Metadata metadata = Metadata.copyOf(Map.of(".", 1, "a.", Map.of("b", 2), "x", Map.of(".y", 3)));
    assertThat(values(metadata, ".")).containsExactly(1);
    assertThat(values(metadata, "a..b")).containsExactly(2);
    assertThat(values(metadata, "x..y")).containsExactly(3);
  }

  @Test
  @DisplayName("R13.2 a path that is no attribute name is refused")
  void refusesWrongPaths() {
    for (String path : List.of("", " a", "a=b", "!a")) {
      assertThatThrownBy(() -> Metadata.empty().forEachValue(path, value -> {}))
          .isInstanceOf(InvalidQueryException.class);
    }
    assertThatThrownBy(() -> Metadata.empty().forEachValue(null, value -> {}))
        .isInstanceOf(InvalidQueryException.class);
  }

  private static List<Object> values(Metadata metadata, String path) {
    List<Object> values = new ArrayList<>();
    metadata.forEachValue(path, values::add);
    return values;
  }
}

package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Agent;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** R5: metadata, as the registry takes and gives it. */
final class MetadataRules {

  private MetadataRules() {}

  static List<RuleCheck<RegistryUnderTest>> all() {
    return List.of(
        new RuleCheck<>(
            "R5.1", "every kind of value is taken and given back", MetadataRules::takesEverything),
        new RuleCheck<>(
            "R5.2", "a later change of what was passed is not seen", MetadataRules::copies),
        new RuleCheck<>(
            "R5.3", "metadata cannot be changed on the way out", MetadataRules::cannotBeChanged),
        new RuleCheck<>(
            "R5.4", "enums and atomic numbers are kept by value", MetadataRules::keepsValues),
        new RuleCheck<>(
            "R5.5", "8 levels and 1,000 values are taken, more are refused", MetadataRules::limits),
        new RuleCheck<>(
            "R5.6",
            "wrong metadata are refused with the path of the key",
            MetadataRules::refusesWrong),
        new RuleCheck<>(
            "R5.7", "a map that contains itself is refused", MetadataRules::refusesCycles),
        new RuleCheck<>("R5.9", "metadata may be empty", MetadataRules::mayBeEmpty));
  }

  private static void takesEverything(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    RandomMetadata.VALUES.forEach(
        value -> {
          scene.registry.registerOrReplace(
              "a",
              scene.service,
              Map.of("k", value, "list", List.of(value), "map", Map.of("k", value)));
          assertThat(scene.agent("a").metadata())
              .isEqualTo(Map.of("k", value, "list", List.of(value), "map", Map.of("k", value)));
        });
  }

  private static void copies(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    List<Object> list = new ArrayList<>(List.of("x"));
    Map<String, Object> nested = new HashMap<>(Map.of("list", list));
    Map<String, Object> map = new HashMap<>(Map.of("nested", nested));
    scene.registry.register("a", scene.service, map);
    list.add("y");
    nested.put("more", 1);
    map.clear();
    assertThat(scene.agent("a").metadata())
        .isEqualTo(Map.of("nested", Map.of("list", List.of("x"))));
    assertThat(scene.registry.findByAttribute("nested.list", "y")).isEmpty();
    map.put("list", list);
    scene.registry.updateMetadata("a", map);
    list.clear();
    assertThat(scene.agent("a").metadata()).isEqualTo(Map.of("list", List.of("x", "y")));
  }

  private static void cannotBeChanged(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.registry.register("a", scene.service, Fixtures.TRANSLATOR);
    Metadata metadata = scene.agent("a").metadata();
    assertThatThrownBy(() -> metadata.put("k", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> metadata.remove("node"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(metadata::clear).isInstanceOf(UnsupportedOperationException.class);
    for (String key : List.of("capability", "languages")) {
      Collection<?> elements = (Collection<?>) metadata.get(key);
      assertThatThrownBy(elements::clear).as(key).isInstanceOf(UnsupportedOperationException.class);
    }
    Map<?, ?> nested = (Map<?, ?>) metadata.get("resources");
    assertThatThrownBy(nested::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(scene.agent("a").metadata()).isEqualTo(Fixtures.TRANSLATOR);
  }

  private static void keepsValues(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    AtomicInteger load = new AtomicInteger(5);
    scene.registry.register("a", scene.service, Map.of("unit", TimeUnit.DAYS, "load", load));
    load.set(6);
    assertThat(scene.agent("a").metadata()).isEqualTo(Map.of("unit", "DAYS", "load", 5));
    assertThat(scene.registry.findByAttribute("unit", TimeUnit.DAYS)).hasSize(1);
  }

  private static void limits(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.registry.register("deep", scene.service, nested(8));
    scene.registry.register("wide", scene.service, Map.of("list", Collections.nCopies(999, 1)));
    Agent deep = scene.agent("deep");
    Agent wide = scene.agent("wide");
    for (Map<String, ?> tooMuch :
        List.<Map<String, ?>>of(nested(9), Map.of("list", Collections.nCopies(1_000, 1)))) {
      assertThatThrownBy(() -> scene.registry.register("more", scene.service, tooMuch))
          .isInstanceOf(InvalidMetadataException.class)
          .hasMessageContaining("limit");
      assertThatThrownBy(() -> scene.registry.updateMetadata("deep", tooMuch))
          .isInstanceOf(InvalidMetadataException.class);
    }
    scene.assertHolds(deep, wide);
  }

  private static Map<String, Object> nested(int levels) {
    Map<String, Object> map = Map.of("k", 1);
    for (int level = 1; level < levels; level++) {
      map = Map.of("k", map);
    }
    return map;
  }

  private static void refusesWrong(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.register("there");
    Agent there = scene.agent("there");
    Map<Map<String, ?>, String> wrong = new HashMap<>();
    wrong.put(Map.of("good", 1, "bad", new Object()), "bad");
    wrong.put(Map.of("list", List.of(1, new int[] {1})), "list[1]");
    wrong.put(Map.of("a", Map.of("b", new StringBuilder("x"))), "a.b");
    wrong.put(Collections.singletonMap("none", null), "none");
    wrong.put(Map.of("list", Arrays.asList(1, null)), "list[1]");
    wrong.put(Map.of("", 1), "");
    wrong.put(Map.of("a", Map.of(1, "x")), "a");
    wrong.forEach(
        (metadata, path) -> {
          assertThatThrownBy(() -> scene.registry.register("a", scene.service, metadata))
              .isInstanceOfSatisfying(
                  InvalidMetadataException.class, e -> assertThat(e.keyPath()).isEqualTo(path));
          assertThatThrownBy(
                  () -> scene.registry.registerOrReplace("there", scene.service, metadata))
              .isInstanceOf(InvalidMetadataException.class);
          assertThatThrownBy(() -> scene.registry.updateMetadata("there", metadata))
              .isInstanceOf(InvalidMetadataException.class);
        });
    scene.assertHolds(there);
  }

  private static void refusesCycles(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    Map<String, Object> map = new HashMap<>();
    List<Object> list = new ArrayList<>(List.of(map, map, map));
    map.put("self", map);
    map.put("list", list);
    assertThatThrownBy(() -> scene.registry.register("a", scene.service, map))
        .isInstanceOf(InvalidMetadataException.class);
    scene.assertHolds();
  }

  private static void mayBeEmpty(RegistryUnderTest tested) {
    RegistryScene scene = new RegistryScene(tested);
    scene.registry.register("a", scene.service, Map.of());
    assertThat(scene.agent("a").metadata()).isEmpty();
    scene.registry.updateMetadata("a", Map.of("k", 1));
    scene.registry.updateMetadata("a", Map.of());
    assertThat(scene.agent("a").metadata()).isEmpty();
    scene.assertHolds(scene.agent("a"));
  }
}

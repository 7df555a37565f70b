package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a configuration says about indexes, and what is said about a wrong one (R13.6, R13.7). */
class IndexSettingsTest {

  private static final Set<String> DEFAULT = Set.of("capability", "health_status", "node");

  private final IndexSettings settings = new IndexSettings();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream standardError = System.err;

  @BeforeEach
  void captureLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void releaseLog() {
    System.setErr(standardError);
  }

  @Test
  void defaultIsUsedWithoutConfiguration() {
    assertThat(read(Map.of())).isEqualTo(DEFAULT);
    assertThat(read(attributes("x"))).containsExactly("x");
    assertThat(read(Map.of())).isEqualTo(DEFAULT);
    assertLogged();
  }

  @Test
  void defaultIsThatOfTheDescription() throws NoSuchMethodException {
    Object described =
        EtsBackend.Configuration.class.getDeclaredMethod("indexed_attributes").getDefaultValue();
    assertThat((String[]) described).containsExactlyInAnyOrderElementsOf(DEFAULT);
  }

  @Test
  void namesComeAsArrayListOrText() {
    Set<String> expected = Set.of("a", "b.c");
    assertThat(read(attributes(new String[] {"a", " b.c"}))).isEqualTo(expected);
    assertThat(read(attributes(List.of("b.c", "a", "a")))).isEqualTo(expected);
    assertThat(read(attributes("a, b.c"))).isEqualTo(expected);
    assertThat(read(attributes(new String[0]))).isEmpty();
    assertThat(read(attributes("a"))).containsExactly("a");
    assertThat(read(attributes(" "))).isEmpty();
    assertLogged();
  }

  @Test
  void wrongNameIsLoggedOnceAndTheLastGoodSetStays() {
    assertThat(read(attributes("a,b"))).containsExactlyInAnyOrder("a", "b");
    for (int i = 0; i < 3; i++) {
      assertThat(read(attributes("c,(d)"))).containsExactlyInAnyOrder("a", "b");
    }
    assertLogged(
        "io.agents.registry.ets", "indexed.attributes", "'(d)'", "without = < >", "[a, b]");
    assertThat(read(attributes("c"))).containsExactly("c");
  }

  @Test
  void emptyNameAndMissingOneAreWrong() {
    assertThat(read(attributes("a,,b"))).isEqualTo(DEFAULT);
    assertLogged("''", "not empty");
    assertThat(read(attributes(Arrays.asList("a", null)))).isEqualTo(DEFAULT);
    assertLogged("''", "not empty");
  }

  @Test
  void tooManyNamesAreWrong() {
    String[] names = new String[65];
    for (int i = 0; i < names.length; i++) {
      names[i] = "n" + i;
    }
    assertThat(read(attributes(names))).isEqualTo(DEFAULT);
    assertLogged("65 names", "at most 64");
    assertThat(read(attributes(Arrays.copyOf(names, 64)))).hasSize(64);
  }

  @Test
  void unknownKeyIsLoggedOnceAndIgnored() {
    for (int i = 0; i < 3; i++) {
      assertThat(read(Map.of("indexed.attribute", "a"))).isEqualTo(DEFAULT);
    }
    assertLogged("io.agents.registry.ets", "indexed.attribute ", "indexed.attributes");
  }

  @Test
  void keysOfTheFrameworkAreNotUnknown() {
    settings.read(
        Map.of(
            "service.pid", "io.agents.registry.ets",
            "component.id", 1L,
            "component.name", "x",
            "registry.implementation", "ets",
            "felix.fileinstall.filename", "file"));
    assertLogged();
  }

  @Test
  void orderedAttributesAreIndexedToo() {
    Indexing indexing =
        settings.read(Map.of(IndexSettings.ATTRIBUTES, "a", IndexSettings.ORDERED, "load, a"));
    assertThat(indexing.attributes()).containsExactlyInAnyOrder("a", "load");
    assertThat(indexing.ordered()).containsExactlyInAnyOrder("a", "load");
    assertThat(settings.read(Map.of()).ordered()).as("without configuration").isEmpty();
    assertLogged();
  }

  @Test
  void wrongOrderedNameLeavesTheIndexedOnesTakeEffect() {
    assertThat(settings.read(Map.of(IndexSettings.ORDERED, "load")).ordered())
        .containsExactly("load");
    Indexing indexing =
        settings.read(Map.of(IndexSettings.ATTRIBUTES, "b", IndexSettings.ORDERED, "(x)"));
    assertThat(indexing).isEqualTo(new Indexing(Set.of("b", "load"), Set.of("load")));
    assertLogged("ordered.attributes", "'(x)'", "[load]");
  }

  private Set<String> read(Map<String, ?> configuration) {
    return settings.read(configuration).attributes();
  }

  private static Map<String, Object> attributes(Object value) {
    return Map.of(IndexSettings.ATTRIBUTES, value);
  }

  /** One line with these parts; no line if there are none. */
  private void assertLogged(String... parts) {
    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    if (parts.length == 0) {
      assertThat(lines).isEmpty();
    } else {
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains(parts);
    }
  }
}

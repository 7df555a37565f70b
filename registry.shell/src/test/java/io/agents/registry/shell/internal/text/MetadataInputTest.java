package io.agents.registry.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.Query;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.Printable;
import io.agents.registry.testkit.RandomMetadata;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that is typed, and metadata that is printed. */
class MetadataInputTest {

  @Test
  void typesAreTakenFromTheText() {
    assertThat(value("5")).isEqualTo(5L);
    assertThat(value("-0.5")).isEqualTo(-0.5);
    assertThat(value("1e3")).isEqualTo(1000.0);
    assertThat(value("12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
    assertThat(value("true")).isEqualTo(true);
    assertThat(value("false")).isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-1",
        "True",
        "007",
        "+5",
        "5d",
        "0x10",
        "NaN",
        "1e999",
        "1.",
        ".5",
        "a b, c",
        "a=b",
        "",
        " 5",
        "x]",
        "1e99999999999999999999"
      })
  void everythingElseIsText(String text) {
    assertThat(value(text)).isEqualTo(text);
  }

  @Test
  void listsAndMapsNest() {
    assertThat(value("[]")).isEqualTo(List.of());
    assertThat(value("{}")).isEqualTo(Map.of());
    assertThat(value("[a, 2,true,\"2\"]")).isEqualTo(List.of("a", 2L, true, "2"));
    assertThat(value("{memory=512,gpu={count=2,tags=[a,[b]]},\"a=b\"=c d}"))
        .isEqualTo(
            Map.of(
                "memory",
                512L,
                "gpu",
                Map.of("count", 2L, "tags", List.of("a", List.of("b"))),
                "a=b",
                "c d"));
  }

  @Test
  void quotedTextHasEscapes() {
    assertThat(value("\"5\"")).isEqualTo("5");
    assertThat(value("\"a\\\"b\\\\c\\n\\r\\t\\u00fc\"")).isEqualTo("a\"b\\c\n\r\t\u00FC");
  }

  @Test
  void keysMayHaveDotsAndQuotes() {
    assertThat(MetadataInput.read(List.of("a.b=1", "\"c=d\"=2")))
        .isEqualTo(Map.of("a.b", 1L, "c=d", 2L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "novalue      | 'novalue' is no key=value",
        "=5           | expected a key before '=' at position 0",
        "a=[b         | expected ']' at position 4",
        "a=[b]c       | expected the end at position 5",
        "a=[,b]       | expected a value at position 3",
        "a=[b,]       | expected a value at position 5",
        "a={b}        | is no key=value",
        "a={b=1,b=2}  | the key 'b' is given twice",
        "a=\"b        | expected '\"' at position 4",
        "a=\"\\x\"    | expected one of \" \\ n r t u at position 4",
        "a=\"\\u12    | expected four hexadecimal digits at position 5",
        "a=\"\\       | expected one of",
        "\"a\"        | expected '=' at position 3",
      })
  void whatCannotBeReadIsRefusedWithItsPosition(String word, String message) {
    assertThatThrownBy(() -> MetadataInput.read(List.of(word)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aKeyIsGivenOnce() {
    assertThatThrownBy(() -> MetadataInput.read(List.of("a=1", "a=2")))
        .hasMessage("the key 'a' is given twice; give it once");
  }

  @Test
  void endlessNestingIsRefused() {
    assertThatThrownBy(() -> value("[".repeat(100_000)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("expected at most 64 levels");
  }

  @Test
  void metadataIsPrintedSortedAndShort() {
    Map<String, Object> metadata =
        Map.of(
            "node", "node-1",
            "capability", List.of("planning", "routing"),
            "resources", Map.of("memory", 512, "cpu", 0.5),
            "version", "5",
            "note", "two words",
            "empty", "");

    assertThat(MetadataText.of(metadata))
        .isEqualTo(
            "capability=[planning,routing] empty=\"\" node=node-1 note=\"two words\""
                + " resources={cpu=0.5,memory=512} version=\"5\"");
  }

  @Test
  void whatIsPrintedCanBeTyped() {
    long seed = System.nanoTime();
    RandomMetadata source = new RandomMetadata(new Random(seed));
    for (int i = 0; i < 2_000; i++) {
      assertReadsBack(source.next(), "seed " + seed);
    }
    assertReadsBack(
        Map.of("a", "\n\u001B\u200B\uD83D\uDE00\uDB40\uDC41\"\\", "{b}=", 'x'), "signs");
  }

  private static void assertReadsBack(Map<String, ?> metadata, String hint) {
    List<String> words = new ArrayList<>();
    metadata.forEach((key, value) -> words.add(Printable.of(MetadataText.of(Map.of(key, value)))));

    Map<String, Object> read = MetadataInput.read(words);

    assertThat(plain(read)).as(hint + ": " + words).isEqualTo(plain(metadata));
  }

  /** The same for values that no query can tell apart. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, Object> plain = new TreeMap<>();
      map.forEach((key, inside) -> plain.put((String) key, plain(inside)));
      return plain;
    }
    if (value instanceof Collection<?> elements) {
      List<Object> inOrder = new ArrayList<>(elements);
      if (value instanceof Set) {
        inOrder.sort(Comparator.comparing(MetadataText::ofValue));
      }
      return inOrder.stream().map(MetadataInputTest::plain).toList();
    }
    Object key = Query.valueKey(value);
    return key == null ? value.toString() : key;
  }

  private static Object value(String text) {
    return MetadataInput.read(List.of("key=" + text)).get("key");
  }
}

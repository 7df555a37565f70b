package io.agents.registry.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.shell.internal.Printable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables, fields, JSON, and characters that a terminal would act on. */
class LayoutTest {

  @Test
  void aTableIsAlignedWithoutBlanksAtTheEnd() {
    String table =
        new Table("ID", "N", "LAST").row("long-id", 5, "x").row("a", 12, "").render(Format.TEXT);

    assertThat(table.lines()).containsExactly("ID       N   LAST", "long-id  5   x", "a        12");
  }

  @Test
  void aTableCountsCharactersThatAreTwoUnits() {
    assertThat(
            new Table("A", "B").row("\uD83D\uDE00", "x").row("ab", "y").render(Format.TEXT).lines())
        .containsExactly("A   B", "\uD83D\uDE00   x", "ab  y");
  }

  @Test
  void fieldsAreAligned() {
    assertThat(
            new Fields()
                .field("a", 1)
                .field("long name", "x")
                .field("none", "")
                .render(Format.TEXT))
        .isEqualTo("a          1\nlong name  x\nnone");
  }

  @Test
  void whatATerminalWouldActOnIsMadeVisible() {
    assertThat(Printable.of("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
    assertThat(Printable.of("\u001B[2J\u0000\u009B")).isEqualTo("\\u001b[2J\\u0000\\u009b");
    assertThat(Printable.of("\u202Eevil\u2028")).isEqualTo("\\u202eevil\\u2028");
    assertThat(Printable.of("\uD800 \uDB40\uDC41")).isEqualTo("\\ud800 \\udb40\\udc41");
    assertThat(Printable.of("Z\u00FCrich \uD83D\uDE00")).isEqualTo("Z\u00FCrich \uD83D\uDE00");
    assertThat(new Table("A").row("x\ny").render(Format.TEXT)).isEqualTo("A\nx\\ny");
    assertThat(new Fields().field("a\nb", "x\ny").render(Format.TEXT)).isEqualTo("a\\nb  x\\ny");
  }

  @Test
  void jsonHasNumbersAsNumbersAndKeysInTheirOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("long", Long.MAX_VALUE);
    map.put("double", 0.5);
    map.put("integer", new BigInteger("123456789012345678901234567890"));
    map.put("decimal", new BigDecimal("1E+400"));
    map.put("boolean", true);
    map.put("character", 'c');
    map.put("time", Instant.EPOCH);
    map.put("none", null);
    map.put("empty", Optional.empty());
    map.put("some", Optional.of(List.of(1, "two", Map.of("three", 3))));

    assertThat(Json.of(map))
        .isEqualTo(
            "{\"z\":1,\"long\":9223372036854775807,\"double\":0.5,"
                + "\"integer\":123456789012345678901234567890,\"decimal\":1E+400,"
                + "\"boolean\":true,\"character\":\"c\",\"time\":\"1970-01-01T00:00:00Z\","
                + "\"none\":null,\"empty\":null,\"some\":[1,\"two\",{\"three\":3}]}");
  }

  @Test
  void jsonHasNoNumbersForWhatIsNone() {
    assertThat(Json.of(List.of(Double.NaN, Float.NEGATIVE_INFINITY)))
        .isEqualTo("[\"NaN\",\"-Infinity\"]");
  }

  @Test
  void jsonIsOneLineAndLeavesTextAsItIs() {
    assertThat(Json.of("a\n\"b\" <c> \u0007")).isEqualTo("\"a\\n\\\"b\\\" <c> \\u0007\"");
  }

  @Test
  void theElementsOfASetAreSorted() {
    LinkedHashSet<Object> set = new LinkedHashSet<>(Arrays.asList("c", "a", "b"));

    assertThat(Json.of(set)).isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(MetadataText.ofValue(set)).isEqualTo("[a,b,c]");
    assertThat(Json.of(List.of("c", "a"))).isEqualTo("[\"c\",\"a\"]");
  }
}

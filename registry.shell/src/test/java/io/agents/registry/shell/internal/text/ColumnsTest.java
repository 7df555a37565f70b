package io.agents.registry.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S3: tables and fields follow the width of a terminal, and lose nothing by it. */
class ColumnsTest {

  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  @Test
  void cellsThatAreTooWideGoOnBelow() {
    String table =
        new Table("ID", "METADATA")
            .row("translator-1", "capability=[translation] node=node-1 load=0.5")
            .row("b", "")
            .render(new Format(false, 40, false));

    assertThat(table.lines())
        .containsExactly(
            "ID            METADATA",
            "translator-1  capability=[translation]",
            "              node=node-1 load=0.5",
            "b");
  }

  @Test
  void aWordThatIsTooWideIsBrokenAnywhere() {
    String table =
        new Table("A").row("x".repeat(25) + "\uD83D\uDE00y").render(new Format(false, 13, false));

    assertThat(table.lines())
        .containsExactly("A", "x".repeat(13), "x".repeat(12) + "\uD83D\uDE00", "y");
  }

  @Test
  void aTerminalHasBoldHeadings() {
    assertThat(new Table("A", "B").row(1, 2).render(Format.terminal(80)).lines())
        .containsExactly(BOLD + "A  B" + PLAIN, "1  2");
    assertThat(new Fields().field("a", 1).render(Format.terminal(80)))
        .isEqualTo(BOLD + "a" + PLAIN + "  1");
  }

  @Test
  void valuesOfFieldsGoOnBelow() {
    assertThat(
            new Fields()
                .field("a", "one two three four")
                .field("b", 1)
                .render(new Format(false, 14, false))
                .lines())
        .containsExactly("a  one two", "   three four", "b  1");
  }

  @Test
  void withoutAWidthNothingIsBroken() {
    String wide = "x ".repeat(500).strip();

    assertThat(new Table("A").row(wide).render(Format.TEXT).lines()).containsExactly("A", wide);
    assertThat(new Table("A").row(wide).render(Format.terminal(0))).contains(wide);
  }

  @Test
  void nothingIsLostAndNoLineIsWiderThanTheTerminal() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int columns = 1 + random.nextInt(6);
      // Every column keeps 10 characters, and two between them.
      int width = columns * 12 + random.nextInt(80);
      Table table = new Table(words(random, columns, 8));
      String[] cells = words(random, columns, 60);

      String text = table.row((Object[]) cells).render(new Format(false, width, false));

      assertThat(text.lines())
          .as("seed " + seed + ", round " + round + ", width " + width)
          .allMatch(line -> line.length() <= width);
      for (String cell : cells) {
        assertThat(letters(text)).as("seed " + seed).containsAll(letters(cell));
      }
      assertThat(letters(text))
          .as("seed " + seed)
          .hasSizeGreaterThanOrEqualTo(letters(String.join("", cells)).size());
    }
  }

  private static String[] words(Random random, int count, int longest) {
    return IntStream.range(0, count)
        .mapToObj(
            column ->
                IntStream.range(0, random.nextInt(longest))
                    .mapToObj(i -> random.nextInt(6) == 0 ? " " : letter(random))
                    .collect(Collectors.joining()))
        .toArray(String[]::new);
  }

  private static String letter(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(26)));
  }

  private static List<Integer> letters(String text) {
    return text.chars().filter(Character::isLetter).boxed().toList();
  }
}

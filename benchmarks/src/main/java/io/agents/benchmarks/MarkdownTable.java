package io.agents.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lays out a table so that people can read it as it is, and Markdown shows it as a table. */
final class MarkdownTable {

  private MarkdownTable() {}

  /**
   * Lays out. The first column is text, the others are numbers. A column with nothing in it below
   * its head is left out.
   *
   * @param rows the head, then the rest; all of one length
   */
  static String of(List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>(withoutEmptyColumns(rows));
    int columns = lines.get(0).size();
    lines.add(1, rule(columns));
    int[] widths = new int[columns];
    for (List<String> row : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(row -> line(row, widths, text));
    return text.toString();
  }

  private static List<List<String>> withoutEmptyColumns(List<List<String>> rows) {
    int[] filled =
        IntStream.range(0, rows.get(0).size())
            .filter(
                i ->
                    rows.size() == 1
                        || rows.stream().skip(1).anyMatch(row -> !row.get(i).isEmpty()))
            .toArray();
    return rows.stream().map(row -> IntStream.of(filled).mapToObj(row::get).toList()).toList();
  }

  private static List<String> rule(int columns) {
    return IntStream.range(0, columns).mapToObj(i -> i == 0 ? "---" : "---:").toList();
  }

  private static void line(List<String> row, int[] widths, StringBuilder text) {
    text.append('|');
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      text.append(' ').append(i == 0 ? row.get(i) + padding : padding + row.get(i)).append(" |");
    }
    text.append('\n');
  }
}

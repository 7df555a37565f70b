package io.agents.registry.shell.internal.text;

import io.agents.registry.shell.internal.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in plain text: a line of headings, then a line a row, columns aligned by spaces. */
public final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param headings the heading of each column
   */
  public Table(String... headings) {
    row((Object[]) headings);
  }

  /**
   * Adds a row.
   *
   * @param cells what stands in each column, as text
   * @return this table
   */
  public Table row(Object... cells) {
    lines.add(Arrays.stream(cells).map(cell -> Printable.of(String.valueOf(cell))).toList());
    return this;
  }

  /**
   * The table as text.
   *
   * @return one line or more, without a line break at the end
   */
  public String render() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(lines.get(0).size(), 0));
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        widths.set(column, Math.max(widths.get(column), width(line.get(column))));
      }
    }
    return lines.stream().map(line -> render(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String render(List<String> line, List<Integer> widths) {
    StringBuilder out = new StringBuilder();
    for (int column = 0; column < line.size(); column++) {
      String cell = line.get(column);
      out.append(cell).append(" ".repeat(widths.get(column) - width(cell))).append(GAP);
    }
    return out.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}

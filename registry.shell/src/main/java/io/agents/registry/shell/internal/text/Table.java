package io.agents.registry.shell.internal.text;

import io.agents.registry.shell.internal.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: a line of headings, then a line a row, columns aligned by spaces. */
public final class Table {

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
   * @param format how wide it may be: cells of a table that is wider go on below
   * @return one line or more, without a line break at the end
   */
  public String render(Format format) {
    return Columns.table(lines, format);
  }
}

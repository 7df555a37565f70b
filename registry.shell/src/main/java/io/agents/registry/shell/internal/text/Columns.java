package io.agents.registry.shell.internal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of cells as columns that are aligned by spaces. Where the lines are wider than the
 * terminal, the widest columns become narrower, and their cells go on below: nothing is cut off.
 */
final class Columns {

  private static final String GAP = "  ";
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";

  /** No column becomes narrower than this, or than its heading. */
  private static final int NARROWEST = 10;

  private final int[] widths;

  private Columns(List<List<String>> lines) {
    widths = new int[lines.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        widths[column] = Math.max(widths[column], width(line.get(column)));
      }
    }
  }

  /**
   * Lays out a table.
   *
   * @param lines the cells, the headings first
   * @param format how wide it may be, and whether headings are bold
   * @return a line for each line of cells, or more where cells go on below
   */
  static String table(List<List<String>> lines, Format format) {
    Columns columns = new Columns(lines);
    columns.fit(format.width(), lines.get(0));
    List<String> out = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      boolean bold = line == 0 && format.isColoured();
      columns.render(lines.get(line)).forEach(text -> out.add(bold ? BOLD + text + PLAIN : text));
    }
    return String.join("\n", out);
  }

  /**
   * Lays out names and values.
   *
   * @param lines a name and a value each
   * @param format how wide it may be, and whether names are bold
   * @return a line for each field, or more where values go on below
   */
  static String fields(List<List<String>> lines, Format format) {
    Columns columns = new Columns(lines);
    int names = columns.widths.length == 0 ? 0 : columns.widths[0];
    columns.fit(format.width(), List.of(" ".repeat(names), ""));
    List<String> out = new ArrayList<>();
    for (List<String> line : lines) {
      for (String text : columns.render(line)) {
        int end = Math.min(names, text.length());
        out.add(
            format.isColoured()
                ? BOLD + text.substring(0, end) + PLAIN + text.substring(end)
                : text);
      }
    }
    return String.join("\n", out);
  }

  /** Makes the widest column narrower, again and again, until the lines fit or no column gives. */
  private void fit(int width, List<String> headings) {
    if (width == 0) {
      return;
    }
    int total = GAP.length() * (widths.length - 1);
    for (int column : widths) {
      total += column;
    }
    while (total > width) {
      int widest = -1;
      for (int column = 0; column < widths.length; column++) {
        int least = Math.max(NARROWEST, width(headings.get(column)));
        if (widths[column] > least && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private List<String> render(List<String> line) {
    List<List<String>> cells = new ArrayList<>();
    for (int column = 0; column < line.size(); column++) {
      cells.add(wrapped(line.get(column), widths[column]));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> out = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < cells.size(); column++) {
        List<String> cell = cells.get(column);
        String part = row < cell.size() ? cell.get(row) : "";
        text.append(part).append(" ".repeat(widths[column] - width(part))).append(GAP);
      }
      out.add(text.toString().stripTrailing());
    }
    return out;
  }

  /** Breaks at blanks where there are some, else anywhere. */
  private static List<String> wrapped(String cell, int width) {
    List<String> parts = new ArrayList<>();
    String left = cell;
    while (width(left) > width) {
      int end = left.offsetByCodePoints(0, width);
      int blank = left.lastIndexOf(' ', end);
      int at = blank > 0 ? blank : end;
      parts.add(left.substring(0, at).stripTrailing());
      left = left.substring(at).stripLeading();
    }
    parts.add(left);
    return parts;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}

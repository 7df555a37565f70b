package io.agents.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lays figures out as tables, in Markdown, in the order in which they come. */
final class RatioTable {

  private final List<Measurement> measurements;

  RatioTable(List<Measurement> measurements) {
    this.measurements = List.copyOf(measurements);
  }

  /**
   * Compares with one implementation.
   *
   * @param reference the implementation
   * @return a row for each figure of it: operations a second, the ratio of each other
   *     implementation to that, and the largest error in the row in percent
   */
  String ratiosTo(Implementation reference) {
    List<Implementation> others =
        Arrays.stream(Implementation.values()).filter(other -> other != reference).toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = head(reference.title() + " op/s");
    others.forEach(other -> head.add(other.title()));
    head.add("±%");
    rows.add(head);
    for (Measurement one : of(reference)) {
      List<String> row = start(one);
      row.add(String.format(Locale.ROOT, "%,.0f", one.perSecond()));
      others.forEach(
          other -> row.add(find(one, other).map(m -> ratio(new Ratio(m, one).value())).orElse("")));
      row.add(String.format(Locale.ROOT, "%.0f", worstError(one)));
      rows.add(row);
    }
    return layOut(rows);
  }

  /**
   * What is allocated.
   *
   * @return a row for each operation: the bytes of one operation in each implementation
   */
  String bytes() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = head(Implementation.LEGACY.title());
    List<Implementation> others =
        Arrays.stream(Implementation.values()).filter(i -> i != Implementation.LEGACY).toList();
    others.forEach(other -> head.add(other.title()));
    rows.add(head);
    for (Measurement one : of(Implementation.LEGACY)) {
      List<String> row = start(one);
      row.add(bytes(one));
      others.forEach(other -> row.add(find(one, other).map(RatioTable::bytes).orElse("")));
      rows.add(row);
    }
    return layOut(rows);
  }

  private static List<String> head(String figure) {
    return new ArrayList<>(List.of("operation", "agents", "threads", figure));
  }

  private static List<String> start(Measurement row) {
    return new ArrayList<>(
        List.of(
            row.operation(),
            String.format(Locale.ROOT, "%,d", row.agents()),
            String.valueOf(row.threads())));
  }

  private List<Measurement> of(Implementation implementation) {
    return measurements.stream().filter(m -> m.implementation() == implementation).toList();
  }

  private Optional<Measurement> find(Measurement row, Implementation implementation) {
    return of(implementation).stream().filter(row::isComparableWith).findFirst();
  }

  private double worstError(Measurement row) {
    return measurements.stream()
        .filter(row::isComparableWith)
        .mapToDouble(m -> 100 * m.error() / m.perSecond())
        .max()
        .orElseThrow();
  }

  private static String bytes(Measurement measurement) {
    return String.format(Locale.ROOT, "%,.0f", measurement.bytes());
  }

  /** Two digits that count, at least. */
  private static String ratio(double ratio) {
    String format = ratio < 1 ? "%.2f" : ratio < 10 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, ratio);
  }

  private static String layOut(List<List<String>> rows) {
    int columns = rows.get(0).size();
    List<List<String>> lines = new ArrayList<>(rows);
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

  /** The first column is text, the others are numbers. */
  private static List<String> rule(int columns) {
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      rule.add(i == 0 ? "---" : "---:");
    }
    return rule;
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

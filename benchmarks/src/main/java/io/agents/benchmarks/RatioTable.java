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
      if (one.isOfSingleShots()) {
        continue;
      }
      List<String> row = start(one);
      row.add(String.format(Locale.ROOT, "%,.0f", one.perSecond()));
      others.forEach(
          other -> row.add(find(one, other).map(m -> ratio(new Ratio(m, one).value())).orElse("")));
      row.add(String.format(Locale.ROOT, "%.0f", worstError(one)));
      rows.add(row);
    }
    return MarkdownTable.of(rows);
  }

  /**
   * What is allocated.
   *
   * @return a row for each operation of which that was measured: the bytes of one operation in each
   *     implementation
   */
  String bytes() {
    List<Implementation> all = List.of(Implementation.values());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("operation", "agents", "threads"));
    all.forEach(one -> head.add(one.title()));
    rows.add(head);
    for (Measurement first : firsts()) {
      if (!Double.isNaN(first.bytes())) {
        List<String> row = start(first);
        all.forEach(one -> row.add(find(first, one).map(RatioTable::bytes).orElse("")));
        rows.add(row);
      }
    }
    return MarkdownTable.of(rows);
  }

  /**
   * How long what is done once takes.
   *
   * @return a row for each operation: the milliseconds of one in each implementation
   */
  String milliseconds() {
    List<Implementation> all = List.of(Implementation.values());
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("operation", "agents"));
    all.forEach(one -> head.add(one.title()));
    rows.add(head);
    for (Measurement first : firsts()) {
      if (first.isOfSingleShots()) {
        List<String> row = new ArrayList<>(start(first).subList(0, 2));
        all.forEach(
            one -> row.add(find(first, one).map(m -> ratio(1e3 / m.perSecond())).orElse("")));
        rows.add(row);
      }
    }
    return MarkdownTable.of(rows);
  }

  /** The first figure of each operation, number of agents and number of threads. */
  private List<Measurement> firsts() {
    List<Measurement> firsts = new ArrayList<>();
    for (Measurement measurement : measurements) {
      if (firsts.stream().noneMatch(measurement::isComparableWith)) {
        firsts.add(measurement);
      }
    }
    return firsts;
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
    return Double.isNaN(measurement.bytes())
        ? ""
        : String.format(Locale.ROOT, "%,.0f", measurement.bytes());
  }

  /** Two digits that count, at least. */
  private static String ratio(double ratio) {
    String format = ratio < 1 ? "%.2f" : ratio < 10 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, ratio);
  }
}

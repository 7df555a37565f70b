package io.agents.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes figures for programs. */
final class JsonReport {

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private JsonReport() {}

  /**
   * Writes an array: first the lines of the budget ({@code row} is {@code budget}), then the
   * figures of JMH ({@code row} is {@code raw}), then the ratios of all to legacy and to the bare
   * map ({@code row} is {@code ratio}).
   */
  static void write(List<BudgetLine> budget, List<Measurement> measurements, Path file)
      throws IOException {
    Files.writeString(file, text(budget, measurements) + "\n");
  }

  static String text(List<BudgetLine> budget, List<Measurement> measurements) {
    List<Map<String, Object>> rows = new ArrayList<>();
    budget.forEach(line -> rows.add(line(line)));
    for (Measurement measurement : measurements) {
      rows.add(raw(measurement));
    }
    for (Implementation reference : List.of(Implementation.LEGACY, Implementation.MAP)) {
      Ratio.allTo(reference, measurements).forEach(ratio -> rows.add(ratio(ratio)));
    }
    return GSON.toJson(rows);
  }

  private static Map<String, Object> line(BudgetLine line) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("row", "budget");
    row.put("budget", line.budget());
    row.put("operation", line.operation());
    row.put("agents", line.agents());
    row.put("threads", line.threads());
    row.put("measured", line.measured());
    row.put("required", line.required());
    row.put("holds", line.holds());
    return row;
  }

  private static Map<String, Object> raw(Measurement measurement) {
    Map<String, Object> row = row("raw", measurement);
    row.put("perSecond", measurement.perSecond());
    putIfKnown(row, "error", measurement.error());
    putIfKnown(row, "bytesPerOperation", measurement.bytes());
    return row;
  }

  private static Map<String, Object> ratio(Ratio ratio) {
    Map<String, Object> row = row("ratio", ratio.measured());
    row.put("to", ratio.reference().implementation().title());
    row.put("ratio", ratio.value());
    return row;
  }

  private static Map<String, Object> row(String kind, Measurement measurement) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("row", kind);
    row.put("operation", measurement.operation());
    row.put("agents", measurement.agents());
    row.put("threads", measurement.threads());
    row.put("implementation", measurement.implementation().title());
    return row;
  }

  private static void putIfKnown(Map<String, Object> row, String key, double value) {
    if (!Double.isNaN(value)) {
      row.put(key, value);
    }
  }
}

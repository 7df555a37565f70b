package io.agents.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Writes figures for programs. */
final class JsonReport {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private JsonReport() {}

  /**
   * Writes one array: first the lines of the budget, which are the rows with a {@code budget}, then
   * a row for each run of JMH, in JMH's own format.
   */
  static void write(List<BudgetLine> budget, Collection<RunResult> runs, Path file)
      throws IOException {
    Files.writeString(file, text(budget, runs) + "\n");
  }

  static String text(List<BudgetLine> budget, Collection<RunResult> runs) {
    JsonArray rows = new JsonArray();
    budget.forEach(line -> rows.add(row(line)));
    rows.addAll(raw(runs));
    return GSON.toJson(rows);
  }

  private static JsonObject row(BudgetLine line) {
    JsonObject row = new JsonObject();
    row.addProperty("budget", line.budget());
    row.addProperty("operation", line.operation());
    row.addProperty("agents", line.agents());
    row.addProperty("threads", line.threads());
    row.addProperty("measured", line.measured());
    row.addProperty("required", line.required());
    row.addProperty("holds", line.holds());
    return row;
  }

  private static JsonArray raw(Collection<RunResult> runs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(runs);
    }
    return JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonArray();
  }
}

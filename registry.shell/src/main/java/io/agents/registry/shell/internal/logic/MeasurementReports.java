package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.Operation;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.shell.internal.CommandException;
import io.agents.registry.shell.internal.text.Fields;
import io.agents.registry.shell.internal.text.Format;
import io.agents.registry.shell.internal.text.Json;
import io.agents.registry.shell.internal.text.Table;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Answers what the registry has measured of its own calls, and what came of comparing backends. */
public final class MeasurementReports {

  /** How many differences a person is shown; a script gets all. */
  private static final int SHOWN = 10;

  private final RegistryAdmin registry;

  /**
   * Begins.
   *
   * @param registry is asked
   */
  public MeasurementReports(RegistryAdmin registry) {
    this.registry = registry;
  }

  /**
   * What came of comparing the active backend with its mirror.
   *
   * @param format figures and tables, or JSON object
   * @return the answer
   */
  public String comparison(Format format) {
    ComparisonReport report = registry.comparison();
    if (format.isJson()) {
      return Json.of(json(report));
    }
    StringBuilder out =
        new StringBuilder(
            new Fields()
                .field("mirror", SwapView.mirror(registry.status().mirror()))
                .field("compared", report.compared())
                .field("not compared", report.notCompared())
                .field("explained by a write", report.explainedByWrite())
                .field("explained by an owner that is gone", report.explainedByOwner())
                .field("differences", report.unexplained())
                .render(format));
    if (!report.differences().isEmpty()) {
      out.append("\n\n").append(kinds(report).render(format));
    }
    if (!report.latest().isEmpty()) {
      out.append("\n\n").append(latest(report.latest()).render(format));
    }
    return out.toString();
  }

  /**
   * What the calls were like.
   *
   * @param implementation of which implementation; of all without one
   * @param format table, or JSON object
   * @return the answer
   */
  public String calls(Optional<String> implementation, Format format) {
    CallStatistics statistics = registry.calls();
    Map<String, Map<Operation, Calls>> measured = new TreeMap<>(statistics.byImplementation());
    implementation.ifPresent(one -> measured.keySet().retainAll(List.of(one)));
    if (implementation.isPresent() && measured.isEmpty()) {
      refuseUnknown(implementation.get());
    }
    if (format.isJson()) {
      return Json.of(json(statistics, measured));
    }
    if (measured.isEmpty()) {
      return "no calls were measured";
    }
    Table table =
        new Table(
            "IMPLEMENTATION", "OPERATION", "CALLS", "ERRORS", "MEDIAN", "P90", "P99", "HIGHEST");
    measured.forEach(
        (name, calls) ->
            sorted(calls)
                .forEach(
                    (operation, one) ->
                        table.row(
                            name,
                            Words.of(operation),
                            one.calls(),
                            one.errors(),
                            time(one.latencies(), 50),
                            time(one.latencies(), 90),
                            time(one.latencies(), 99),
                            time(one.latencies(), 100))));
    return table.render(format);
  }

  /**
   * The implementations that somebody may ask for.
   *
   * @return those that are there and those that have served, sorted
   */
  public Stream<String> implementations() {
    TreeSet<String> names = new TreeSet<>(registry.status().available());
    names.addAll(registry.calls().byImplementation().keySet());
    return names.stream();
  }

  private void refuseUnknown(String name) {
    List<String> known = implementations().toList();
    if (!known.contains(name)) {
      throw new CommandException(
          "there is no implementation '"
              + name
              + "'; there are "
              + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  private static Table kinds(ComparisonReport report) {
    Table table = new Table("OPERATION", "KIND", "READS");
    sorted(report.differences())
        .forEach(
            (operation, kinds) ->
                new TreeMap<>(kinds)
                    .forEach(
                        (kind, reads) -> table.row(Words.of(operation), Words.of(kind), reads)));
    return table;
  }

  private static Table latest(List<Difference> differences) {
    Table table = new Table("LATEST", "OPERATION", "OF", "KIND", "ACTIVE", "MIRROR");
    int first = Math.max(0, differences.size() - SHOWN);
    for (Difference one : differences.subList(first, differences.size())) {
      table.row(
          one.at().truncatedTo(ChronoUnit.MILLIS),
          Words.of(one.operation()),
          one.argument(),
          Words.of(one.kind()),
          one.active() + ": " + one.activeAnswer(),
          one.mirror() + ": " + one.mirrorAnswer());
    }
    return table;
  }

  /** In the unit that shows three digits or more. */
  private static String time(Latencies latencies, double percent) {
    if (latencies.count() == 0) {
      return "-";
    }
    long nanos = latencies.percentileNanos(percent);
    if (nanos < 10_000) {
      return nanos + " ns";
    }
    return nanos < 10_000_000
        ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static <V> Map<Operation, V> sorted(Map<Operation, V> byOperation) {
    Map<Operation, V> sorted = new EnumMap<>(Operation.class);
    sorted.putAll(byOperation);
    return sorted;
  }

  private static Map<String, Object> json(ComparisonReport report) {
    Map<String, Object> differences = new LinkedHashMap<>();
    sorted(report.differences())
        .forEach(
            (operation, kinds) -> {
              Map<String, Object> byKind = new LinkedHashMap<>();
              new TreeMap<>(kinds).forEach((kind, reads) -> byKind.put(Words.key(kind), reads));
              differences.put(Words.key(operation), byKind);
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("compared", report.compared());
    json.put("notCompared", report.notCompared());
    json.put("explainedByWrite", report.explainedByWrite());
    json.put("explainedByOwner", report.explainedByOwner());
    json.put("unexplained", report.unexplained());
    json.put("differences", differences);
    json.put("latest", report.latest().stream().map(MeasurementReports::json).toList());
    return json;
  }

  private static Map<String, Object> json(Difference one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", one.at());
    json.put("operation", Words.key(one.operation()));
    json.put("argument", one.argument());
    json.put("kind", Words.key(one.kind()));
    json.put("active", one.active());
    json.put("mirror", one.mirror());
    json.put("activeAnswer", one.activeAnswer());
    json.put("mirrorAnswer", one.mirrorAnswer());
    return json;
  }

  private static Map<String, Object> json(
      CallStatistics statistics, Map<String, Map<Operation, Calls>> measured) {
    Map<String, Object> implementations = new LinkedHashMap<>();
    measured.forEach(
        (name, calls) -> {
          Map<String, Object> operations = new LinkedHashMap<>();
          sorted(calls)
              .forEach((operation, one) -> operations.put(Words.key(operation), json(one)));
          implementations.put(name, operations);
        });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("takenAt", statistics.takenAt());
    json.put("implementations", implementations);
    return json;
  }

  private static Map<String, Object> json(Calls calls) {
    Latencies latencies = calls.latencies();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", calls.calls());
    json.put("errors", calls.errors());
    json.put("measured", latencies.count());
    json.put("medianNanos", latencies.percentileNanos(50));
    json.put("p90Nanos", latencies.percentileNanos(90));
    json.put("p99Nanos", latencies.percentileNanos(99));
    json.put("highestNanos", latencies.percentileNanos(100));
    return json;
  }
}

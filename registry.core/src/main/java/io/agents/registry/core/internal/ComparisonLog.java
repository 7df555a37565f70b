package io.agents.registry.core.internal;

import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came of comparisons so far. Its monitor guards it, but for the counters. */
final class ComparisonLog {

  private final LongAdder compared = new LongAdder();
  private final LongAdder notCompared = new LongAdder();
  private final LongAdder explainedByWrite = new LongAdder();
  private final LongAdder explainedByOwner = new LongAdder();
  private final Map<Operation, Map<Kind, Long>> differences = new EnumMap<>(Operation.class);
  private final Deque<Difference> latest = new ArrayDeque<>();

  void compared() {
    compared.increment();
  }

  void notCompared() {
    notCompared.increment();
  }

  void explainedByWrite() {
    explainedByWrite.increment();
  }

  void explainedByOwner() {
    explainedByOwner.increment();
  }

  synchronized void add(Difference difference) {
    differences
        .computeIfAbsent(difference.operation(), any -> new EnumMap<>(Kind.class))
        .merge(difference.kind(), 1L, Long::sum);
    latest.addLast(difference);
    if (latest.size() > ComparisonReport.LATEST_KEPT) {
      latest.removeFirst();
    }
  }

  synchronized ComparisonReport report() {
    return new ComparisonReport(
        compared.sum(),
        notCompared.sum(),
        differences,
        explainedByWrite.sum(),
        explainedByOwner.sum(),
        List.copyOf(latest));
  }
}

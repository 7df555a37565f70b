package io.agents.registry.core.internal;

import io.agents.registry.api.SwapReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The reports of the latest exchanges of the backend. Its monitor guards it. */
final class SwapLog {

  private final IntSupplier kept;
  private final Deque<SwapReport> reports = new ArrayDeque<>();
  private long lastNumber;

  SwapLog(IntSupplier kept) {
    this.kept = kept;
  }

  synchronized long nextNumber() {
    return ++lastNumber;
  }

  synchronized void add(SwapReport report) {
    reports.addLast(report);
    while (reports.size() > kept.getAsInt()) {
      reports.removeFirst();
    }
  }

  synchronized List<SwapReport> reports() {
    return List.copyOf(reports);
  }

  synchronized Optional<SwapReport> last() {
    return Optional.ofNullable(reports.peekLast());
  }
}

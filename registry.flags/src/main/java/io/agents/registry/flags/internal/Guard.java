package io.agents.registry.flags.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Operation;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.spi.RegistryBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges what the registry tells of itself by the thresholds. Knows one stage on one node; for
 * another one there is another guard. Used by one thread at a time.
 */
final class Guard {

  /*
   * Design
   *
   * The figures of the registry are cumulative. Each look is kept for as long as the window is, and what came since the
   * oldest is what is judged. Latencies are judged in a window of their own, which begins anew whenever an implementation
   * was exchanged or a mirror filled: writers wait for an instant then, which says nothing of the implementation.
   *
   * Errors and latencies are those of ets, while it serves: there is nothing to go back to otherwise. A mirror is judged
   * only if it is ets, since going back to a legacy that fails would help nobody.
   */

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RolloutStage stage;
  private final Instant since;
  private final Baseline baseline;
  private final Deque<Sight> errorWindow = new ArrayDeque<>();
  private final Deque<Sight> latencyWindow = new ArrayDeque<>();
  private @Nullable ComparisonReport comparisonBefore;

  /**
   * Makes a guard.
   *
   * @param stage the stage to guard
   * @param since when it began
   * @param baseline how long calls took before
   */
  Guard(RolloutStage stage, Instant since, Baseline baseline) {
    this.stage = stage;
    this.since = since;
    this.baseline = baseline;
  }

  RolloutStage stage() {
    return stage;
  }

  /** Whether this guards a stage that began then: the same one again is another matter. */
  boolean isOf(RolloutStage other, Instant began) {
    return stage.equals(other) && since.equals(began);
  }

  /** Looks, and tells which threshold was crossed, if one was. */
  Optional<Breach> look(Sight now, Instant time, RolloutSettings settings) {
    advance(now, settings);
    return swaps(now.swaps(), time, settings)
        .or(() -> mirror(now.mirror()))
        .or(() -> mismatches(now.comparison(), settings))
        .or(() -> errors(now, settings))
        .or(() -> latencies(now, settings));
  }

  private void advance(Sight now, RolloutSettings settings) {
    if (comparisonBefore == null) {
      comparisonBefore = now.comparison();
    }
    keep(errorWindow, now, settings);
    Sight last = latencyWindow.peekLast();
    if (last != null && !now.isUndisturbedSince(last)) {
      latencyWindow.clear();
    }
    keep(latencyWindow, now, settings);
  }

  /** Keeps one look that is just older than the window, and all that are younger. */
  private static void keep(Deque<Sight> window, Sight now, RolloutSettings settings) {
    window.addLast(now);
    long nanos = Duration.ofSeconds(settings.windowSeconds()).toNanos();
    while (window.size() > 2) {
      Sight oldest = window.removeFirst();
      if (now.nanos() - window.getFirst().nanos() < nanos) {
        window.addFirst(oldest);
        return;
      }
    }
  }

  private Optional<Breach> swaps(List<SwapReport> swaps, Instant time, RolloutSettings settings) {
    Instant minuteAgo = time.minus(MINUTE);
    int inMinute = 0;
    int inRow = 0;
    String reason = "";
    for (SwapReport swap : swaps) {
      if (!swap.to().equals(RegistryBackend.ETS) || swap.startedAt().isBefore(since)) {
        continue;
      }
      if (swap.outcome() == SwapReport.Outcome.COMPLETED) {
        inRow = 0;
      } else {
        inRow++;
        inMinute += swap.startedAt().isBefore(minuteAgo) ? 0 : 1;
        reason = swap.reason();
      }
    }
    int failed = Math.max(inMinute, inRow);
    return failed < settings.failedSwaps()
        ? Optional.empty()
        : Optional.of(
            new Breach(
                "failed swaps to ets",
                failed + ", the last one because " + reason,
                "less than " + settings.failedSwaps(),
                inMinute >= settings.failedSwaps() ? "within a minute" : "one after the other"));
  }

  private static Optional<Breach> mirror(MirrorStatus mirror) {
    return mirror.state() == MirrorStatus.State.FAILED
            && mirror.implementation().equals(RegistryBackend.ETS)
        ? Optional.of(
            new Breach("the mirror ets", "failed: " + mirror.reason(), "no failure", "at any time"))
        : Optional.empty();
  }

  private Optional<Breach> mismatches(ComparisonReport now, RolloutSettings settings) {
    ComparisonReport before = comparisonBefore;
    // In shadow a difference is a matter of readiness: legacy serves, and nobody is harmed.
    if (stage.name() == RolloutStage.Name.SHADOW || before == null) {
      return Optional.empty();
    }
    long compared = now.compared() - before.compared();
    long mismatches = now.unexplained() - before.unexplained();
    if (mismatches < settings.mismatches() || compared < settings.mismatchMinCompared()) {
      return Optional.empty();
    }
    List<ComparisonReport.Difference> latest = now.latest();
    String example =
        latest.isEmpty() ? "" : ", the last one " + describe(latest.get(latest.size() - 1));
    return Optional.of(
        new Breach(
            "unexplained differences between ets and legacy",
            mismatches + " in " + compared + " comparisons" + example,
            "less than " + settings.mismatches(),
            "since the stage " + stage + " began"));
  }

  private static String describe(ComparisonReport.Difference difference) {
    return difference.kind()
        + " at "
        + difference.operation()
        + " "
        + Texts.describe(difference.argument());
  }

  private Optional<Breach> errors(Sight now, RolloutSettings settings) {
    Sight then = errorWindow.getFirst();
    if (!now.active().equals(RegistryBackend.ETS)) {
      return Optional.empty();
    }
    CallStatistics window = now.calls().since(then.calls());
    CallStatistics.Calls all = CallStatistics.Calls.NONE;
    long uncertain = 0;
    for (Operation operation : Operation.values()) {
      CallStatistics.Calls calls = window.of(RegistryBackend.ETS, operation);
      long ofOne = uncertainty(operation, calls);
      Optional<Breach> breach =
          errors("errors of " + operation + " in ets", calls, ofOne, settings);
      if (breach.isPresent()) {
        return breach;
      }
      uncertain += ofOne;
      all =
          new CallStatistics.Calls(
              all.calls() + calls.calls(), all.errors() + calls.errors(), all.latencies());
    }
    return errors("errors of all calls in ets", all, uncertain, settings);
  }

  private static Optional<Breach> errors(
      String figure, CallStatistics.Calls calls, long uncertain, RolloutSettings settings) {
    long number = Math.max(calls.calls(), calls.errors());
    double atMost = number + uncertain;
    if (number < settings.errorMinCalls()
        || calls.errors() * 10_000.0 <= settings.errorHundredths() * atMost) {
      return Optional.empty();
    }
    return Optional.of(
        new Breach(
            figure,
            number(calls.errors() * 100.0 / number) + "% of " + number + " calls",
            "at most " + number(settings.errorHundredths() / 100.0) + "%",
            within(settings)));
  }

  /**
   * By how much a number of lookups may be too low: two standard deviations of an estimate from one
   * in 256.
   */
  private static long uncertainty(Operation operation, CallStatistics.Calls calls) {
    return operation == Operation.LOOKUP ? Math.round(2 * 16 * Math.sqrt(1.0 * calls.calls())) : 0;
  }

  private Optional<Breach> latencies(Sight now, RolloutSettings settings) {
    Sight then = latencyWindow.getFirst();
    if (!now.active().equals(RegistryBackend.ETS)) {
      return Optional.empty();
    }
    CallStatistics window = now.calls().since(then.calls());
    Slowness all = Slowness.NONE;
    for (Operation operation : Operation.values()) {
      Optional<Long> before = baseline.of(operation);
      CallStatistics.Calls calls = window.of(RegistryBackend.ETS, operation);
      if (before.isPresent() && calls.calls() >= settings.latencyMinCalls()) {
        long limit = limit(before.get(), settings);
        Slowness one = Slowness.of(calls.latencies(), limit);
        if (one.isTooMuch()) {
          return Optional.of(
              new Breach(
                  "p99 of " + operation + " in ets",
                  millis(calls.latencies().percentileNanos(Baseline.PERCENTILE)) + " ms, " + one,
                  "at most "
                      + millis(limit)
                      + " ms, with a baseline of "
                      + millis(before.get())
                      + " ms",
                  within(settings)));
        }
        all = all.plus(one);
      }
    }
    return all.isTooMuch()
        ? Optional.of(
            new Breach(
                "p99 of all calls in ets",
                all.toString(),
                "at most 1% over the limit of their operation",
                within(settings)))
        : Optional.empty();
  }

  private static long limit(long before, RolloutSettings settings) {
    return (long)
        Math.max(before * settings.latencyFactor(), settings.latencyFloorMicros() * 1_000.0);
  }

  private static String within(RolloutSettings settings) {
    return "within " + settings.windowSeconds() + " s";
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

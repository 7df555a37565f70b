package io.agents.registry.core.internal;

import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.Latencies;
import io.agents.registry.api.Operation;
import io.agents.registry.api.RegistryException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Measures the calls that one implementation serves. */
final class Recorder {

  /*
   * Design
   *
   * To ask the clock costs as much as a lookup, so the time is taken of one call in some only. Lookups
   * are not even counted: their number is worked out from the sample. All other calls are counted,
   * and so is every failure. Counters are striped, and histograms are written by samples alone, so
   * that threads do not get in each other's way.
   */

  /** One call in so many is timed, less 1: all bits below a power of two. */
  private static final int TIMED = (1 << 4) - 1;

  /** Says that a call is not timed: no time of a real clock. */
  static final long UNTIMED = Long.MIN_VALUE;

  /** What is known of one operation. */
  private static final class Figures {
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicLongArray buckets = new AtomicLongArray(Latencies.BUCKETS);

    void add(long nanos) {
      buckets.getAndIncrement(Latencies.bucketOf(nanos));
    }

    Calls read(boolean isEstimated) {
      long[] counts = new long[buckets.length()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = buckets.get(i);
      }
      Latencies latencies = Latencies.ofBuckets(counts);
      long failed = errors.sum();
      long all =
          isEstimated ? failed + latencies.count() * Watch.lookupsPerMeasured() : calls.sum();
      return new Calls(all, failed, latencies);
    }
  }

  private final Map<Operation, Figures> figures = new EnumMap<>(Operation.class);
  private final Figures lookups;
  private final LongAccumulator longestLookup;

  /**
   * Measures.
   *
   * @param longestLookup is given the time of each lookup that is measured
   */
  Recorder(LongAccumulator longestLookup) {
    this.longestLookup = longestLookup;
    for (Operation operation : Operation.values()) {
      figures.put(operation, new Figures());
    }
    lookups = of(Operation.LOOKUP);
  }

  /** A call begins that is no lookup. Gives its time, or {@link #UNTIMED}. */
  long begin(Operation operation) {
    of(operation).calls.increment();
    return (ThreadLocalRandom.current().nextInt() & TIMED) == 0 ? System.nanoTime() : UNTIMED;
  }

  /** A call that is no lookup has ended well. */
  void end(Operation operation, long begun) {
    if (begun != UNTIMED) {
      of(operation).add(System.nanoTime() - begun);
    }
  }

  /** A lookup that was chosen to be measured has ended well. */
  void lookup(long nanos) {
    lookups.add(nanos);
    longestLookup.accumulate(nanos);
  }

  /** A call has thrown. A refusal by the contract, or by the registry itself, is no failure. */
  void failed(Operation operation, Throwable cause) {
    if (!(cause instanceof RegistryException) && !(cause instanceof EndedException)) {
      of(operation).errors.increment();
    }
  }

  private Figures of(Operation operation) {
    return Objects.requireNonNull(figures.get(operation));
  }

  Map<Operation, Calls> read() {
    Map<Operation, Calls> all = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      Calls calls = of(operation).read(operation == Operation.LOOKUP);
      if (calls.calls() > 0) {
        all.put(operation, calls);
      }
    }
    return all;
  }
}

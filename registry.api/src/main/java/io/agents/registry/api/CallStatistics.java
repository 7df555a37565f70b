package io.agents.registry.api;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the calls of the registry were like since it started, by the implementation that served them
 * and by operation. Cumulative: who wants a window takes two and asks for what came {@link #since}.
 *
 * @param takenAt when these figures were read
 * @param byImplementation the figures; without entries where there was no call; can't be changed
 */
public record CallStatistics(Instant takenAt, Map<String, Map<Operation, Calls>> byImplementation) {

  /** No call was measured. */
  public static final CallStatistics NONE = new CallStatistics(Instant.EPOCH, Map.of());

  /**
   * The calls of one operation that one implementation served.
   *
   * @param calls how many there were; for lookups estimated from a sample
   * @param errors how many of them failed because the backend threw; exact. A refusal by the
   *     contract, such as an id in use, is no error
   * @param latencies how long those took that were measured, which is a sample
   */
  public record Calls(long calls, long errors, Latencies latencies) {

    /** There was none. */
    public static final Calls NONE = new Calls(0, 0, Latencies.NONE);

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if {@code latencies} is null
     */
    public Calls {
      Objects.requireNonNull(latencies, "latencies");
    }

    /**
     * What came since an earlier state.
     *
     * @param earlier the earlier state
     * @return the calls after it
     */
    public Calls since(Calls earlier) {
      return new Calls(
          Math.max(0, calls - earlier.calls),
          Math.max(0, errors - earlier.errors),
          latencies.since(earlier.latencies));
    }

    /**
     * The calls of both.
     *
     * @param other the other ones
     * @return the sum
     */
    public Calls plus(Calls other) {
      return new Calls(calls + other.calls, errors + other.errors, latencies.plus(other.latencies));
    }
  }

  /**
   * Copies the maps.
   *
   * @throws NullPointerException if anything is null
   */
  public CallStatistics {
    Objects.requireNonNull(takenAt, "takenAt");
    Map<String, Map<Operation, Calls>> copy = new HashMap<>();
    byImplementation.forEach(
        (implementation, calls) -> copy.put(implementation, Map.copyOf(calls)));
    byImplementation = Map.copyOf(copy);
  }

  /**
   * The calls of one operation that one implementation served.
   *
   * @param implementation the implementation by its {@code registry.implementation}
   * @param operation the operation
   * @return the calls; {@link Calls#NONE} if there was none
   */
  public Calls of(String implementation, Operation operation) {
    return byImplementation
        .getOrDefault(implementation, Map.of())
        .getOrDefault(operation, Calls.NONE);
  }

  /**
   * The calls of one operation, whichever implementation served them.
   *
   * @param operation the operation
   * @return the sum
   */
  public Calls of(Operation operation) {
    Calls sum = Calls.NONE;
    for (Map<Operation, Calls> calls : byImplementation.values()) {
      sum = sum.plus(calls.getOrDefault(operation, Calls.NONE));
    }
    return sum;
  }

  /**
   * What came since an earlier state.
   *
   * @param earlier the earlier state
   * @return the calls after it, with the time of this one
   */
  public CallStatistics since(CallStatistics earlier) {
    Map<String, Map<Operation, Calls>> left = new HashMap<>();
    byImplementation.forEach(
        (implementation, calls) -> {
          Map<Operation, Calls> one = new EnumMap<>(Operation.class);
          calls.forEach(
              (operation, now) ->
                  one.put(operation, now.since(earlier.of(implementation, operation))));
          left.put(implementation, one);
        });
    return new CallStatistics(takenAt, left);
  }
}

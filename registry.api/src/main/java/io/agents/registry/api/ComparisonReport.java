package io.agents.registry.api;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of comparing the answers of the active backend with those of its mirror, since the
 * registry started. Cumulative: who wants a window takes two and asks for what came {@link #since}.
 *
 * @param compared how many reads were compared
 * @param notCompared how many were chosen for it but not compared, because too much waited or the
 *     backends changed meanwhile; while there is no room for more, no read is chosen
 * @param differences the reads whose answers differ without an explanation, by operation and kind;
 *     without entries where there was none; a read counts once for each kind of difference that it
 *     shows; can't be changed
 * @param explainedByWrite how many differed only because of a write between the two reads
 * @param explainedByOwner how many differed only by agents whose owner is gone, which a backend
 *     that does not monitor owners still holds
 * @param latest the last unexplained differences, the oldest first, at most {@value #LATEST_KEPT};
 *     can't be changed
 */
public record ComparisonReport(
    long compared,
    long notCompared,
    Map<Operation, Map<Kind, Long>> differences,
    long explainedByWrite,
    long explainedByOwner,
    List<Difference> latest) {

  /** How many examples are kept. */
  public static final int LATEST_KEPT = 100;

  /** Nothing was compared. */
  public static final ComparisonReport NONE = new ComparisonReport(0, 0, Map.of(), 0, 0, List.of());

  /** How an answer of the mirror differs from that of the active backend. */
  public enum Kind {
    /** The mirror lacks an agent. */
    MISSING,
    /** The mirror has an agent too many. */
    EXTRA,
    /** The mirror has another registration or revision of an agent. */
    OTHER_REVISION,
    /** The mirror has the same revision of an agent with another content. */
    OTHER_METADATA,
    /** The mirror gives the same agents in another order, where an order is promised. */
    OTHER_ORDER,
    /** The mirror threw. */
    FAILED
  }

  /**
   * One read whose answers differ.
   *
   * @param at when it was compared
   * @param operation what was called
   * @param argument with what: an id or a filter; empty text if with nothing
   * @param kind how the answers differ
   * @param active the implementation that served
   * @param mirror the one that was compared with it
   * @param activeAnswer the answer that the caller got, in short
   * @param mirrorAnswer the answer of the mirror, in short
   */
  public record Difference(
      Instant at,
      Operation operation,
      String argument,
      Kind kind,
      String active,
      String mirror,
      String activeAnswer,
      String mirrorAnswer) {

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if a reference is null, naming it
     */
    public Difference {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(operation, "operation");
      Objects.requireNonNull(argument, "argument");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(active, "active");
      Objects.requireNonNull(mirror, "mirror");
      Objects.requireNonNull(activeAnswer, "activeAnswer");
      Objects.requireNonNull(mirrorAnswer, "mirrorAnswer");
    }
  }

  /**
   * Copies the map and the list.
   *
   * @throws NullPointerException if anything is null
   */
  public ComparisonReport {
    Map<Operation, Map<Kind, Long>> copy = new EnumMap<>(Operation.class);
    differences.forEach((operation, kinds) -> copy.put(operation, Map.copyOf(kinds)));
    differences = Map.copyOf(copy);
    latest = List.copyOf(latest);
  }

  /**
   * How often one operation differed in one way.
   *
   * @param operation the operation
   * @param kind the kind of difference
   * @return the number of reads
   */
  public long differences(Operation operation, Kind kind) {
    return differences.getOrDefault(operation, Map.of()).getOrDefault(kind, 0L);
  }

  /**
   * How many differences there are in all, without the explained ones.
   *
   * @return the sum over all operations and kinds
   */
  public long unexplained() {
    return differences.values().stream()
        .flatMap(kinds -> kinds.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * What came since an earlier state.
   *
   * @param earlier the earlier state
   * @return the comparisons after it; the examples are the latest ones all the same, without those
   *     of the earlier state
   */
  public ComparisonReport since(ComparisonReport earlier) {
    Map<Operation, Map<Kind, Long>> left = new EnumMap<>(Operation.class);
    differences.forEach(
        (operation, kinds) -> {
          Map<Kind, Long> one = new EnumMap<>(Kind.class);
          kinds.forEach(
              (kind, now) -> {
                long more = now - earlier.differences(operation, kind);
                if (more > 0) {
                  one.put(kind, more);
                }
              });
          if (!one.isEmpty()) {
            left.put(operation, one);
          }
        });
    List<Difference> fresh = latest.stream().filter(one -> !earlier.latest.contains(one)).toList();
    return new ComparisonReport(
        Math.max(0, compared - earlier.compared),
        Math.max(0, notCompared - earlier.notCompared),
        left,
        Math.max(0, explainedByWrite - earlier.explainedByWrite),
        Math.max(0, explainedByOwner - earlier.explainedByOwner),
        fresh);
  }
}

package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.shell.internal.text.Table;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Exchanges of the backend as tables, lines and JSON. */
final class SwapView {

  private static final String NOTHING = "-";
  private static final double NANOS_PER_MILLI = 1_000_000;

  private SwapView() {}

  static Table table(List<SwapReport> swaps) {
    Table table =
        new Table(
            "NO",
            "STARTED",
            "FROM",
            "TO",
            "BEFORE",
            "AFTER",
            "DROPPED",
            "MENDED",
            "DURATION",
            "LONGEST WAIT",
            "LONGEST READ",
            "MONITORED",
            "BOTH SIDES",
            "OUTCOME");
    for (SwapReport swap : swaps) {
      table.row(
          swap.number(),
          started(swap),
          swap.from(),
          swap.to(),
          swap.agentsBefore(),
          swap.agentsAfter(),
          swap.dropped(),
          swap.mended(),
          millis(swap.durationNanos()),
          millis(swap.longestWriterWaitNanos()),
          longestRead(swap.evidence()),
          monitored(swap.evidence()),
          bothSides(swap.evidence()),
          outcome(swap));
    }
    return table;
  }

  static String line(SwapReport swap) {
    return swap.from()
        + " to "
        + swap.to()
        + " at "
        + started(swap)
        + ", "
        + outcome(swap)
        + ", agents before "
        + swap.agentsBefore()
        + ", after "
        + swap.agentsAfter()
        + ", dropped "
        + swap.dropped()
        + ", in "
        + millis(swap.durationNanos());
  }

  static Map<String, Object> json(SwapReport swap) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", swap.number());
    json.put("startedAt", swap.startedAt());
    json.put("from", swap.from());
    json.put("to", swap.to());
    json.put("agentsBefore", swap.agentsBefore());
    json.put("agentsAfter", swap.agentsAfter());
    json.put("dropped", swap.dropped());
    json.put("mended", swap.mended());
    json.put("durationNanos", swap.durationNanos());
    json.put("longestWriterWaitNanos", swap.longestWriterWaitNanos());
    json.put("outcome", word(swap));
    json.put("reason", swap.reason());
    json.put("evidence", isKnown(swap.evidence()) ? json(swap.evidence()) : null);
    return json;
  }

  private static Map<String, Object> json(SwapEvidence evidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("agrees", evidence.agrees());
    json.put("former", json(evidence.former()));
    json.put("next", json(evidence.next()));
    json.put("mendedIds", evidence.mendedIds());
    json.put("droppedIds", evidence.droppedIds());
    json.put(
        "longestReadNanos",
        evidence.longestReadNanos().isPresent() ? evidence.longestReadNanos().getAsLong() : null);
    return json;
  }

  /** The checksum is text: many who read JSON keep numbers as doubles, which are too short. */
  private static Map<String, Object> json(SwapEvidence.Side side) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("agents", side.agents());
    json.put("checksum", HexFormat.of().toHexDigits(side.checksum()));
    json.put("servicesMonitored", side.servicesMonitored());
    json.put("bundlesMonitored", side.bundlesMonitored());
    return json;
  }

  /** How a standing mirror is. */
  static String mirror(MirrorStatus mirror) {
    return mirror.state() == MirrorStatus.State.NONE
        ? NOTHING
        : mirror.implementation()
            + ", "
            + Words.of(mirror.state())
            + (mirror.reason().isEmpty() ? "" : ": " + mirror.reason());
  }

  private static boolean isKnown(SwapEvidence evidence) {
    return !evidence.equals(SwapEvidence.NONE);
  }

  private static String longestRead(SwapEvidence evidence) {
    return evidence.longestReadNanos().isPresent()
        ? millis(evidence.longestReadNanos().getAsLong())
        : NOTHING;
  }

  /** The services that were watched, on either side. */
  private static String monitored(SwapEvidence evidence) {
    return isKnown(evidence)
        ? evidence.former().servicesMonitored() + " to " + evidence.next().servicesMonitored()
        : NOTHING;
  }

  private static String bothSides(SwapEvidence evidence) {
    if (!isKnown(evidence)) {
      return NOTHING;
    }
    return evidence.agrees() ? "equal" : "differ";
  }

  private static String outcome(SwapReport swap) {
    return swap.reason().isEmpty() ? word(swap) : word(swap) + ": " + swap.reason();
  }

  private static String word(SwapReport swap) {
    return swap.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static String started(SwapReport swap) {
    return swap.startedAt().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / NANOS_PER_MILLI);
  }
}

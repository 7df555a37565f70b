package io.agents.registry.api;

import java.time.Instant;
import java.util.Objects;

/**
 * What happened when the backend was exchanged.
 *
 * @param number 1 for the first exchange of this registry, rising
 * @param startedAt when it began
 * @param from the backend before, or {@link RegistryStatus#NO_IMPLEMENTATION}
 * @param to the backend that was to follow, or {@link RegistryStatus#NO_IMPLEMENTATION}
 * @param agentsBefore how many agents the old backend held when it began
 * @param agentsAfter how many agents the registry held when it ended
 * @param dropped how many agents were not handed over because their owner was gone
 * @param mended how many agents differed when both sides were compared, and were put right
 * @param durationNanos how long it took in all, in nanoseconds
 * @param longestWriterWaitNanos the longest time that one writing call waited because of it, in
 *     nanoseconds
 * @param outcome how it ended
 * @param reason why it was abandoned, for a person; empty text if it was not
 * @param evidence what can be checked afterwards; {@link SwapEvidence#NONE} if it was abandoned
 */
public record SwapReport(
    long number,
    Instant startedAt,
    String from,
    String to,
    int agentsBefore,
    int agentsAfter,
    int dropped,
    int mended,
    long durationNanos,
    long longestWriterWaitNanos,
    Outcome outcome,
    String reason,
    SwapEvidence evidence) {

  /** How an exchange of the backend ended. */
  public enum Outcome {
    /** The new backend serves. */
    COMPLETED,
    /** The old backend serves on; the new one was cleared. */
    ABANDONED
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if a reference is null, naming it
   */
  public SwapReport {
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(evidence, "evidence");
  }
}

package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.CallStatistics.Calls;
import io.agents.registry.api.ComparisonReport.Difference;
import io.agents.registry.api.ComparisonReport.Kind;
import io.agents.registry.api.SwapEvidence.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

@DisplayName("R11, R16, R17 What a rollout is judged by")
class RolloutValuesTest {

  private static final Difference ONE =
      new Difference(
          Instant.EPOCH, Operation.LOOKUP, "a", Kind.MISSING, "legacy", "ets", "a #1.1", "none");
  private static final Difference OTHER =
      new Difference(
          Instant.MAX, Operation.QUERY, "(a=b)", Kind.EXTRA, "legacy", "ets", "none", "a #1.1");

  @Test
  @DisplayName("R16.7 what came since an earlier report is its difference")
  void comparisonsSince() {
    ComparisonReport earlier =
        new ComparisonReport(
            10, 1, Map.of(Operation.LOOKUP, Map.of(Kind.MISSING, 1L)), 2, 3, List.of(ONE));
    ComparisonReport later =
        new ComparisonReport(
            30,
            4,
            Map.of(
                Operation.LOOKUP,
                Map.of(Kind.MISSING, 1L),
                Operation.QUERY,
                Map.of(Kind.EXTRA, 2L)),
            5,
            7,
            List.of(ONE, OTHER));
    assertThat(later.unexplained()).isEqualTo(3);
    assertThat(later.since(earlier))
        .isEqualTo(
            new ComparisonReport(
                20, 3, Map.of(Operation.QUERY, Map.of(Kind.EXTRA, 2L)), 3, 4, List.of(OTHER)));
    assertThat(later.since(earlier).differences(Operation.LOOKUP, Kind.MISSING)).isZero();
    assertThat(later.since(ComparisonReport.NONE)).isEqualTo(later);
  }

  @Test
  @DisplayName("R17.1 calls are added over implementations, and subtracted over time")
  void calls() {
    CallStatistics earlier =
        new CallStatistics(
            Instant.EPOCH,
            Map.of("ets", Map.of(Operation.LOOKUP, new Calls(10, 1, Latencies.of(5)))));
    CallStatistics later =
        new CallStatistics(
            Instant.MAX,
            Map.of(
                "ets",
                Map.of(Operation.LOOKUP, new Calls(30, 2, Latencies.of(5, 7))),
                "legacy",
                Map.of(Operation.LOOKUP, new Calls(4, 0, Latencies.of(9)))));
    assertThat(later.of(Operation.LOOKUP)).isEqualTo(new Calls(34, 2, Latencies.of(5, 7, 9)));
    CallStatistics window = later.since(earlier);
    assertThat(window.takenAt()).isEqualTo(Instant.MAX);
    assertThat(window.of("ets", Operation.LOOKUP)).isEqualTo(new Calls(20, 1, Latencies.of(7)));
    assertThat(window.of("legacy", Operation.LOOKUP)).isEqualTo(new Calls(4, 0, Latencies.of(9)));
    assertThat(window.of("ets", Operation.LIST)).isEqualTo(Calls.NONE);
  }

  @Test
  @DisplayName("R11.13 both sides agree if numbers and checksums do")
  void evidence() {
    Side side = new Side(2, 17, 1, 1);
    assertThat(evidence(side, new Side(2, 17, 0, 0)).agrees()).isTrue();
    assertThat(evidence(side, new Side(2, 18, 1, 1)).agrees()).isFalse();
    assertThat(evidence(side, new Side(3, 17, 1, 1)).agrees()).isFalse();
    assertThat(SwapEvidence.NONE.agrees()).isTrue();
  }

  private static SwapEvidence evidence(Side former, Side next) {
    return new SwapEvidence(former, next, List.of(), List.of(), OptionalLong.empty());
  }

  @Test
  @DisplayName("R11.13 the checksum of an agent tells id, registration and revision apart")
  void checksum() {
    Agent agent = agent("a", 1, 1);
    assertThat(SwapEvidence.checksumOf(agent))
        .isEqualTo(SwapEvidence.checksumOf(agent("a", 1, 1)))
        .isNotEqualTo(SwapEvidence.checksumOf(agent("b", 1, 1)))
        .isNotEqualTo(SwapEvidence.checksumOf(agent("a", 2, 1)))
        .isNotEqualTo(SwapEvidence.checksumOf(agent("a", 1, 2)));
    assertThat(
            SwapEvidence.checksumOf(agent("a", 1, 2))
                + SwapEvidence.checksumOf(agent("b", 2, 1)))
        .as("two agents that exchange their revisions")
        .isNotEqualTo(
            SwapEvidence.checksumOf(agent("a", 1, 1))
                + SwapEvidence.checksumOf(agent("b", 2, 2)));
  }

  private static Agent agent(String id, long registration, long revision) {
    Bundle bundle = FakeFramework.bundle(1, "owner");
    return new Agent(
        id,
        FakeFramework.service(1, bundle),
        bundle,
        bundle,
        Metadata.empty(),
        registration,
        revision,
        0);
  }

  @Test
  @DisplayName("R15.1 a status of a mirror misses nothing")
  void mirrors() {
    assertThat(MirrorStatus.NONE.state()).isEqualTo(MirrorStatus.State.NONE);
    assertThatThrownBy(() -> new MirrorStatus("ets", null, ""))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("state");
  }
}

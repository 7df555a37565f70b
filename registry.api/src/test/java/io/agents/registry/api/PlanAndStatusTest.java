package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.QueryPlan.Access;
import io.agents.registry.api.SwapReport.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Plans, status and reports")
class PlanAndStatusTest {

  @Test
  @DisplayName("R6.28 a plan is described line by line, parts indented")
  void describesPlan() {
    QueryPlan index = new QueryPlan(Access.INDEX, "(a=1)", "a", 3, 0, 3, List.of());
    QueryPlan filter = new QueryPlan(Access.FILTER, "(&(a=1)(b>2))", "", 3, 3, 1, List.of(index));
    QueryPlan union =
        new QueryPlan(Access.UNION, "(|(&(a=1)(b>2))(c=3))", "", 10, 3, 8, List.of(filter, index));
    assertThat(index.describe())
        .isEqualTo("INDEX (a=1) by the index of a: 3 estimated, 0 looked at, 3 matched");
    assertThat(union.describe())
        .isEqualTo(
            """
            UNION (|(&(a=1)(b>2))(c=3)): 10 estimated, 3 looked at, 8 matched
              FILTER (&(a=1)(b>2)): 3 estimated, 3 looked at, 1 matched
                INDEX (a=1) by the index of a: 3 estimated, 0 looked at, 3 matched
              INDEX (a=1) by the index of a: 3 estimated, 0 looked at, 3 matched""");
  }

  @Test
  @DisplayName("R6.28 a plan copies its parts")
  void planCopiesParts() {
    List<QueryPlan> parts = new ArrayList<>();
    QueryPlan plan = new QueryPlan(Access.SCAN, "(a=1)", "", 1, 1, 0, parts);
    parts.add(plan);
    assertThat(plan.parts()).isEmpty();
    assertThatThrownBy(() -> plan.parts().add(plan))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new QueryPlan(null, "", "", 0, 0, 0, List.of())).hasMessage("access");
  }

  private static RegistryStatus status(String implementation, String awaited, Outcome last) {
    Optional<SwapReport> swap =
        Optional.ofNullable(last)
            .map(
                outcome ->
                    new SwapReport(
                        1,
                        Instant.EPOCH,
                        "a",
                        "b",
                        1,
                        1,
                        0,
                        0,
                        5,
                        5,
                        outcome,
                        "",
                        SwapEvidence.NONE));
    return new RegistryStatus(
        implementation,
        "",
        List.of(),
        Optional.ofNullable(awaited),
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        swap,
        MirrorStatus.NONE);
  }

  @Test
  @DisplayName("R14.3 healthy with a backend, nothing awaited and the last swap completed")
  void health() {
    assertThat(status("ets", null, null).isHealthy()).isTrue();
    assertThat(status("ets", null, Outcome.COMPLETED).isHealthy()).isTrue();
    assertThat(status("ets", null, Outcome.ABANDONED).isHealthy()).isFalse();
    assertThat(status("ets", "the legacy backend", Outcome.COMPLETED).isHealthy()).isFalse();
    assertThat(status(RegistryStatus.NO_IMPLEMENTATION, null, null).isHealthy()).isFalse();
  }

  @Test
  @DisplayName("R14.1 status copies its lists and misses nothing")
  void statusIsAValue() {
    List<String> available = new ArrayList<>(List.of("ets"));
    RegistryStatus status =
        new RegistryStatus(
            "ets",
            "",
            available,
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            false,
            Optional.empty(),
            MirrorStatus.NONE);
    available.clear();
    assertThat(status.available()).containsExactly("ets");
    assertThatThrownBy(() -> status(null, null, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("implementation");
    assertThatThrownBy(
            () ->
                new SwapReport(
                    1, null, "", "", 0, 0, 0, 0, 0, 0, Outcome.COMPLETED, "", SwapEvidence.NONE))
        .hasMessage("startedAt");
  }
}

package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.benchmarks.AgentData.Entry;
import io.agents.registry.api.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgentDataTest {

  private static final int AGENTS = 5_000;

  private final AgentData data = new AgentData(AGENTS);

  @Test
  void isTheSameInEveryRun() {
    assertThat(contents(new AgentData(AGENTS).entries())).isEqualTo(contents(data.entries()));
    assertThat(contents(new AgentData(AGENTS).shuffled())).isEqualTo(contents(data.shuffled()));
    assertThat(new AgentData(AGENTS).pairQueries()).isEqualTo(data.pairQueries());
  }

  @Test
  void hasIdsOfSixDigitsAndOwnersOfAThousand() {
    assertThat(data.entries().get(123).id()).isEqualTo("agent-000123");
    assertThat(data.entries()).extracting(Entry::id).doesNotHaveDuplicates().hasSize(AGENTS);
    assertThat(
            data.entries().stream()
                .collect(Collectors.groupingBy(Entry::owner, Collectors.counting())))
        .hasSize(5)
        .allSatisfy((owner, agents) -> assertThat(agents).isEqualTo(1_000));
  }

  @Test
  void hasTheAttributesOfTheBudget() {
    assertThat(values("capability")).hasSize(AgentData.CAPABILITIES);
    assertThat(values("health_status")).hasSize(3);
    assertThat(values("node")).hasSize(AgentData.NODES);
    assertThat(values("type")).hasSize(AGENTS / 100);
    assertThat(data.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.metadata()).hasSize(5);
              assertThat((List<?>) entry.metadata().get("capability"))
                  .hasSize(2)
                  .doesNotHaveDuplicates();
              assertThat(entry.metadata().get("resources.memory")).isInstanceOf(Integer.class);
            });
  }

  @Test
  void anUpdateMovesAnAgentToAnotherNode() {
    assertThat(data.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.changed().get("node")).isNotEqualTo(entry.metadata().get("node"));
              assertThat(entry.changed().get("type")).isEqualTo(entry.metadata().get("type"));
            });
  }

  @Test
  void queriesHaveTheMatchesThatTheyAreNamedAfter() {
    assertThat(data.typeQueries()).hasSize(50).allSatisfy(q -> assertThat(hits(q)).isEqualTo(100));
    assertThat(data.nodeQueries())
        .hasSize(50)
        .allSatisfy(q -> assertThat(hits(q)).isBetween(60L, 140L));
    assertThat(data.pairQueries()).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(data.pairQueries().stream().limit(200).mapToLong(this::hits).average().orElseThrow())
        .isBetween(9.0, 11.0);
    assertThat(data.wideQueries()).hasSize(190).doesNotHaveDuplicates();
    assertThat(data.wideQueries().stream().mapToLong(this::hits).sum()).isEqualTo(AGENTS);
  }

  @Test
  void shuffledHoldsEveryAgentInAnotherOrder() {
    assertThat(data.shuffled())
        .isNotEqualTo(data.entries())
        .containsExactlyInAnyOrderElementsOf(data.entries());
  }

  @Test
  void refusesANumberThatHasNoWholeTypes() {
    assertThatThrownBy(() -> new AgentData(150))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("150 agents; allowed are multiples of 100");
  }

  private static List<List<Object>> contents(List<Entry> entries) {
    return entries.stream()
        .map(e -> List.<Object>of(e.id(), e.owner(), e.metadata(), e.changed()))
        .toList();
  }

  private Set<Object> values(String attribute) {
    Set<Object> values = new HashSet<>();
    data.entries().forEach(entry -> entry.metadata().forEachValue(attribute, values::add));
    return values;
  }

  private long hits(Query query) {
    return data.entries().stream().filter(entry -> query.matches(entry.metadata())).count();
  }
}

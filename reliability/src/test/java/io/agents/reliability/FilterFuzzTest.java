package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import io.agents.registry.testkit.reliability.Seeds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * R6: whatever stands in a filter, it is refused with InvalidQueryException or answered; and the
 * answer is that of the framework's own filters, where these read it.
 */
@DisplayName("R6 Text that may be a filter")
class FilterFuzzTest {

  private static final int AGENTS = 120;
  private static final int LONGEST_MESSAGE = 500;
  private static final List<String> TEXTS =
      List.of("x", "y", "xy", "yx", "a(b", "*", "\u00df", "x y", "");

  private final Map<String, Map<String, Object>> model = new TreeMap<>();
  private int refused;
  private int answered;
  private int asTheFramework;

  @ParameterizedTest(name = "by {0} is refused in words or answered rightly")
  @ValueSource(strings = {RegistryBackend.ETS, RegistryBackend.LEGACY})
  void isRefusedOrAnswered(String implementation) throws Exception {
    long seed = Seeds.next("filters, " + implementation);
    Random random = new Random(seed);
    int rounds = Effort.rounds(10_000, 100_000);
    try (RegistryFramework felix = RegistryFramework.startWithoutFlags()) {
      felix.choose(implementation);
      felix.awaitImplementation(implementation);
      Bundle owner = felix.owners().newBundle();
      AgentRegistry registry = felix.registry(owner);
      fill(registry, felix.owners().newService(owner), random);
      NastyText texts = new NastyText(random);
      Deadline.within(
          Duration.ofMinutes(10),
          "reading filters",
          () -> {
            for (String huge : NastyText.HUGE) {
              check(registry, huge);
            }
            for (int i = 0; i < rounds; i++) {
              check(registry, texts.next());
            }
          });
      assertThat(felix.problems().without()).as("what was logged").isEmpty();
    }
    Figures.report(
        "filters, " + implementation,
        "%d texts, %d refused, %d answered, %d of these compared with the framework's filters"
            .formatted(rounds + NastyText.HUGE.size(), refused, answered, asTheFramework));
    assertThat(asTheFramework).as("texts that the framework reads, too").isGreaterThan(rounds / 10);
    assertThat(refused).as("texts that were refused").isGreaterThan(rounds / 10);
  }

  private void fill(AgentRegistry registry, ServiceReference<?> service, Random random) {
    for (int i = 0; i < AGENTS; i++) {
      Map<String, Object> metadata = new HashMap<>();
      for (String name : List.of("node", "capability", "other")) {
        switch (random.nextInt(4)) {
          case 0 -> {}
          case 1 -> metadata.put(name, List.of(text(random), text(random)));
          default -> metadata.put(name, text(random));
        }
      }
      String id = "agent-" + i;
      registry.register(id, service, metadata);
      model.put(id, metadata);
    }
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private void check(AgentRegistry registry, String text) {
    Query query;
    try {
      query = registry.parseQuery(text);
    } catch (InvalidQueryException e) {
      refused++;
      assertThat(e.getMessage()).contains("expected").hasSizeLessThan(LONGEST_MESSAGE);
      assertThat(e.position()).isBetween(0, text.length());
      return;
    }
    answered++;
    String shown = text.length() < LONGEST_MESSAGE ? text : text.length() + " characters";
    assertThat(Query.parse(query.toString())).as(shown).isEqualTo(query);
    Set<String> expected = expected(text, query);
    Set<String> found =
        registry.query(query).stream()
            .map(Agent::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).as(shown).isEqualTo(expected);
    assertThat(registry.count(query)).as(shown).isEqualTo(expected.size());
    assertThat(registry.explain(query).matched()).as(shown).isEqualTo(expected.size());
  }

  private Set<String> expected(String text, Query query) {
    Filter filter = frameworksOwn(text);
    Set<String> expected = new TreeSet<>();
    model.forEach(
        (id, metadata) -> {
          if (filter == null ? query.matches(metadata) : filter.matches(metadata)) {
            expected.add(id);
          }
        });
    return expected;
  }

  /** Null if the framework does not read it, or is free in what it means by it. */
  private Filter frameworksOwn(String text) {
    if (text.contains("~=")) {
      return null;
    }
    try {
      Filter filter = FrameworkUtil.createFilter(text);
      asTheFramework++;
      return filter;
    } catch (InvalidSyntaxException e) {
      return null;
    }
  }
}

package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Holds a registry to what its agents are and what a filter means: to the framework, where that
 * reads the filter, else to the query itself. Not safe for threads.
 */
final class FilterCheck {

  private static final int AGENTS = 120;
  private static final int DEEPEST = QueryLimits.DEFAULT.maxDepth();
  private static final int LONGEST_MESSAGE = 500;
  private static final List<String> TEXTS =
      List.of("x", "y", "xy", "yx", "a(b", "*", "\u00df", "x y", "");

  private final AgentRegistry registry;
  private final Map<String, Map<String, Object>> model = new TreeMap<>();
  private int refused;
  private int answered;
  private int asTheFramework;

  FilterCheck(AgentRegistry registry) {
    this.registry = registry;
  }

  int refused() {
    return refused;
  }

  int answered() {
    return answered;
  }

  int asTheFramework() {
    return asTheFramework;
  }

  /** Registers what the queries are about. */
  void fill(ServiceReference<?> service, Random random) {
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

  /** Fails if this text is neither refused in words nor answered rightly. */
  void check(String text) {
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
    assertThat(query.depth()).as("levels of %s", shown).isLessThanOrEqualTo(DEEPEST);
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

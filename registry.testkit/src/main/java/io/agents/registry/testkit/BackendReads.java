package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Query;
import io.agents.registry.spi.RegistryBackend;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a backend in every way there is, and compares. */
final class BackendReads {

  /** Nobody has this attribute, so that the query matches everybody. */
  static final Query EVERYBODY = Query.where("no.such.attribute").present().negate();

  private BackendReads() {}

  static List<Agent> all(RegistryBackend backend) {
    List<Agent> agents = new ArrayList<>();
    backend.forEach(agents::add);
    return agents;
  }

  /** Asserts that a quiet backend holds exactly these agents, whichever way it is read. */
  static void assertHolds(RegistryBackend backend, Agent... expected) {
    assertThat(all(backend)).as("forEach").containsExactlyInAnyOrder(expected);
    assertThat(backend.size()).as("size").isEqualTo(expected.length);
    assertThat(backend.query(EVERYBODY)).as("query").containsExactlyInAnyOrder(expected);
    for (Agent agent : expected) {
      assertThat(backend.lookup(agent.id())).as("lookup of " + agent.id()).isEqualTo(agent);
    }
    assertIndexesAgree(backend, List.of(expected));
  }

  /** Asserts that no index finds anything by the values of an agent. */
  static void assertForgotten(RegistryBackend backend, Agent agent) {
    for (String attribute : backend.indexedAttributes()) {
      agent
          .metadata()
          .forEachValue(
              attribute,
              value -> assertFinds(backend, Query.where(attribute).equalTo(value), List.of()));
    }
  }

  /** Asserts that an equality on any indexed attribute finds what it has to, value by value. */
  static void assertIndexesAgree(RegistryBackend backend, List<Agent> expected) {
    for (String attribute : backend.indexedAttributes()) {
      Set<String> values = new LinkedHashSet<>();
      expected.forEach(
          a -> a.metadata().forEachValue(attribute, value -> values.add(value.toString())));
      for (String value : values) {
        assertFinds(backend, Query.where(attribute).equalTo(value), expected);
      }
    }
  }

  /**
   * Asserts that a query gives exactly those of the agents that match, and that its count agrees.
   */
  static void assertFinds(RegistryBackend backend, Query query, List<Agent> agents) {
    List<Agent> matching = agents.stream().filter(a -> query.matches(a.metadata())).toList();
    assertThat(backend.query(query))
        .as("query %s", query)
        .containsExactlyInAnyOrderElementsOf(matching);
    assertThat(backend.count(query)).as("count of %s", query).isEqualTo(matching.size());
  }
}

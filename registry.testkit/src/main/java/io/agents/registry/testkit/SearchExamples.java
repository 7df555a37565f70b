package io.agents.registry.testkit;

import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Searches with the answers that were worked out by hand. */
final class SearchExamples {

  private static final Query WORKERS = Query.parse("(role=worker)");

  private SearchExamples() {}

  /** The metadata of agents by their ids. */
  static Map<String, Map<String, Object>> agents() {
    Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
    agents.put("w5", Map.of("role", "worker", "load", 5, "node", "node-2"));
    agents.put("w3", Map.of("role", "worker", "load", 3.5, "node", "node-1"));
    agents.put("w4", Map.of("role", "worker", "load", 3.5f, "node", List.of("node-3", "node-1")));
    agents.put("w1", Map.of("role", "worker", "load", List.of(2L, 9L)));
    agents.put("w9", Map.of("role", "worker", "load", "2"));
    agents.put("w8", Map.of("role", "worker", "load", 'b', "node", "Node-9"));
    agents.put("w7", Map.of("role", "worker", "load", List.of(true, Double.NaN)));
    agents.put("w6", Map.of("role", "worker", "load", false));
    agents.put("x2", Map.of("role", "worker", "load", Double.POSITIVE_INFINITY));
    agents.put("x1", Map.of("role", "worker", "load", List.of()));
    agents.put("x0", Map.of("role", "worker"));
    agents.put("boss", Map.of("role", "boss", "load", 0, "node", "node-0"));
    return agents;
  }

  /** The ids that are found, in their order, by search. */
  static Map<Search, List<String>> expected() {
    Search workers = Search.of(WORKERS);
    List<String> byLoad = List.of("w1", "w3", "w4", "w5", "w9", "w8", "w6", "w7", "x0", "x1", "x2");
    List<String> byLoadDescending =
        List.of("w7", "w6", "w8", "w9", "w1", "w5", "w3", "w4", "x0", "x1", "x2");
    Map<Search, List<String>> expected = new LinkedHashMap<>();
    expected.put(workers.orderBy("load"), byLoad);
    expected.put(workers.orderByDescending("load"), byLoadDescending);
    for (int limit : List.of(1, 2, 5, 8, 9, 10, 11, 12, 1_000)) {
      int most = Math.min(limit, byLoad.size());
      expected.put(workers.orderBy("load").limit(limit), byLoad.subList(0, most));
      expected.put(
          workers.limit(limit).orderByDescending("load"), byLoadDescending.subList(0, most));
    }
    expected.put(workers.orderBy("node").limit(4), List.of("w8", "w3", "w4", "w5"));
    expected.put(workers.orderByDescending("node").limit(3), List.of("w4", "w5", "w3"));
    expected.put(
        Search.of(Query.parse("(load=*)")).orderBy("load").limit(2), List.of("boss", "w1"));
    expected.put(Search.of(Query.parse("(role=nobody)")).orderBy("load"), List.of());
    expected.put(
        Search.of(Query.parse("(role=boss)")).orderBy("unknown").limit(3), List.of("boss"));
    return expected;
  }
}

package io.agents.registry.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Agents and filters with the answers that were worked out by hand. */
final class QueryExamples {

  private QueryExamples() {}

  /** The metadata of six agents by their ids. */
  static Map<String, Map<String, Object>> agents() {
    Map<String, Map<String, Object>> agents = new LinkedHashMap<>();
    agents.put(
        "t1",
        Map.of(
            "capability",
            List.of("translation", "summary"),
            "health_status",
            "healthy",
            "node",
            "node-1",
            "load",
            5,
            "resources",
            Map.of("memory", 512, "gpu", Map.of("model", "A 100")),
            "active",
            true));
    agents.put(
        "t2",
        Map.of(
            "capability",
            Set.of("translation"),
            "health_status",
            "degraded",
            "node",
            "node-2",
            "load",
            5.0,
            "resources",
            List.of(Map.of("memory", 256), Map.of("memory", 4096L)),
            "active",
            false));
    agents.put(
        "s1",
        Map.of(
            "capability", "search",
            "health_status", "healthy",
            "node", "node-1",
            "load", "5",
            "resources.memory", 1024));
    agents.put("s2", Map.of("capability", "Search", "node", 3, "load", 12L, "grade", 'c'));
    agents.put("odd", Map.of("capability", List.of(), "node", "a*(b)\\", "load", Double.NaN));
    agents.put("bare", Map.of());
    return agents;
  }

  /** The ids of the agents that match, by filter. */
  static Map<String, List<String>> expected() {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    expected.put("(capability=translation)", List.of("t1", "t2"));
    expected.put("(capability=summary)", List.of("t1"));
    expected.put("(capability=search)", List.of("s1"));
    expected.put("(Capability=search)", List.of());
    expected.put("(capability~=SEARCH)", List.of("s1", "s2"));
    expected.put("(capability=*)", List.of("t1", "t2", "s1", "s2", "odd"));
    expected.put("(!(capability=*))", List.of("bare"));
    expected.put("(capability=s*)", List.of("t1", "s1"));
    expected.put("(capability=*a*)", List.of("t1", "t2", "s1", "s2"));
    expected.put("(capability=tr*s*n)", List.of("t1", "t2"));
    expected.put("(!(capability=translation))", List.of("s1", "s2", "odd", "bare"));
    expected.put("(load=5)", List.of("t1", "t2", "s1"));
    expected.put("(load=5.00)", List.of("t1", "t2"));
    expected.put("(load>=5)", List.of("t1", "t2", "s1", "s2"));
    expected.put("(load>5)", List.of("s2"));
    expected.put("(load<12)", List.of("t1", "t2"));
    expected.put("(load<=12)", List.of("t1", "t2", "s2"));
    expected.put("(load=*)", List.of("t1", "t2", "s1", "s2", "odd"));
    expected.put("(load=NaN)", List.of());
    expected.put("(node=3.0)", List.of("s2"));
    expected.put("(node>=node-2)", List.of("t2"));
    expected.put("(node<node-2)", List.of("t1", "s1", "odd"));
    expected.put("(node=a\\*\\(b\\)\\\\)", List.of("odd"));
    expected.put("(node=*\\**)", List.of("odd"));
    expected.put("(resources.memory=512)", List.of("t1"));
    expected.put("(resources.memory>=1024)", List.of("t2", "s1"));
    expected.put("(resources.memory<300)", List.of("t2"));
    expected.put("(resources.gpu.model=A 100)", List.of("t1"));
    expected.put("(resources.gpu.model~=a100)", List.of("t1"));
    expected.put("(resources=*)", List.of("t1", "t2"));
    expected.put("(resources=512)", List.of());
    expected.put("(active=TRUE)", List.of("t1"));
    expected.put("(active=false)", List.of("t2"));
    expected.put("(active>=false)", List.of());
    expected.put("(grade=c)", List.of("s2"));
    expected.put("(grade>=b)", List.of("s2"));
    expected.put("(&(capability=translation)(health_status=healthy))", List.of("t1"));
    expected.put("(&(capability=translation)(load>=5)(node=node-2))", List.of("t2"));
    expected.put("(&(health_status=healthy)(!(node=node-1)))", List.of());
    expected.put("(|(capability=search)(node=node-2))", List.of("s1", "t2"));
    expected.put("(|(node=node-1)(node=node-2)(node=3))", List.of("t1", "t2", "s1", "s2"));
    expected.put("(!(|(node=node-1)(node=node-2)))", List.of("s2", "odd", "bare"));
    expected.put("(!(!(node=node-1)))", List.of("t1", "s1"));
    expected.put("(&(node=node-1)(|(load>5)(capability=summary)))", List.of("t1"));
    return expected;
  }
}

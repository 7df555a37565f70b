package io.agents.examples.fleet.internal;

import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Tells which node is responsible for a key; always the same one for the same key. */
@Component
@AgentProperties(
    id = "router-1",
    capability = {"routing", "coordination"},
    node = "node-2",
    resources_memory = 512,
    resources_cpu = 0.5)
public final class Router implements TaskHandler {

  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

  @Override
  public String handle(String task) {
    return NODES.get(Math.floorMod(task.hashCode(), NODES.size()));
  }
}

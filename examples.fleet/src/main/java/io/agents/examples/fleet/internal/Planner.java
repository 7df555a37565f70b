package io.agents.examples.fleet.internal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/** Makes numbered steps of a sentence such as "pack, lock the door and leave". */
@Component
@AgentProperties(
    id = "planner-1",
    capability = {"planning", "coordination"},
    node = "node-1",
    resources_memory = 1024,
    resources_cpu = 0.5)
public final class Planner implements TaskHandler {

  private static final Pattern BETWEEN_STEPS =
      Pattern.compile("\\s*(,|;|\\band then\\b|\\bthen\\b|\\band\\b)\\s*");

  @Override
  public String handle(String task) {
    List<String> steps =
        BETWEEN_STEPS.splitAsStream(task.strip()).filter(step -> !step.isEmpty()).toList();
    return IntStream.range(0, steps.size())
        .mapToObj(step -> (step + 1) + ". " + steps.get(step))
        .collect(Collectors.joining("; "));
  }
}

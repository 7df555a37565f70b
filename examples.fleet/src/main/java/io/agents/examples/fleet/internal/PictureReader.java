package io.agents.examples.fleet.internal;

import java.util.Arrays;
import org.osgi.service.component.annotations.Component;

/**
 * Tells the size and the darkness of a picture: rows of {@code #} and {@code .} between slashes.
 */
@Component
@AgentProperties(
    id = "vision-1",
    capability = "vision",
    node = "node-3",
    resources_memory = 16384,
    resources_cpu = 8)
public final class PictureReader implements TaskHandler {

  @Override
  public String handle(String task) {
    String[] rows = task.split("/");
    int width = Arrays.stream(rows).mapToInt(String::length).max().orElse(0);
    long dark = task.chars().filter(pixel -> pixel == '#').count();
    return width + " x " + rows.length + " pixels, " + dark + " of them dark";
  }
}

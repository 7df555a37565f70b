package io.agents.examples.fleet.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Finds proverbs that hold a word; unhealthy, so registered, but not asked. */
@Component
@AgentProperties(
    id = "archivist-1",
    capability = "retrieval",
    health__status = Health.UNHEALTHY,
    node = "node-2",
    resources_memory = 8192,
    resources_cpu = 4)
public final class Archivist implements TaskHandler {

  private static final List<String> PROVERBS =
      List.of(
          "Many hands make light work.",
          "Too many cooks spoil the broth.",
          "A stitch in time saves nine.");

  @Override
  public String handle(String task) {
    String wanted = task.strip().toLowerCase(Locale.ROOT);
    return PROVERBS.stream()
        .filter(proverb -> proverb.toLowerCase(Locale.ROOT).contains(wanted))
        .collect(Collectors.joining(" "));
  }
}

package io.agents.examples.fleet.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Translates simple English into German. */
@Component(property = {"agent.languages=en", "agent.languages=de"})
@AgentProperties(
    id = "translator-1",
    capability = "translation",
    node = "node-1",
    resources_memory = 2048,
    resources_cpu = 2)
public final class GermanTranslator implements TaskHandler {

  private static final Glossary GLOSSARY =
      new Glossary(
          Map.of(
              "hello", "hallo",
              "good", "guten",
              "morning", "Morgen",
              "world", "Welt",
              "agent", "Agent",
              "the", "die",
              "and", "und"));

  @Override
  public String handle(String task) {
    return GLOSSARY.translate(task);
  }
}

package io.agents.examples.fleet.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Translates simple English into French; degraded, so asked only when no healthy agent can do it.
 */
@Component(property = {"agent.languages=en", "agent.languages=fr"})
@AgentProperties(
    id = "translator-2",
    capability = "translation",
    health__status = Health.DEGRADED,
    node = "node-2",
    resources_memory = 1024,
    resources_cpu = 1)
public final class FrenchTranslator implements TaskHandler {

  private static final Glossary GLOSSARY =
      new Glossary(
          Map.of(
              "hello", "bonjour",
              "good", "bon",
              "morning", "matin",
              "world", "monde",
              "agent", "agent",
              "the", "le",
              "and", "et"));

  @Override
  public String handle(String task) {
    return GLOSSARY.translate(task);
  }
}

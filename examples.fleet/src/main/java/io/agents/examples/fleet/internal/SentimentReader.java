package io.agents.examples.fleet.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Tells whether a text sounds friendly. */
@Component
@AgentProperties(
    id = "sentiment-1",
    capability = {"sentiment", "moderation"},
    health__status = Health.DEGRADED,
    node = "node-3",
    resources_memory = 4096,
    resources_cpu = 1.5)
public final class SentimentReader implements TaskHandler {

  private static final Set<String> GOOD = Set.of("good", "great", "love", "thanks", "well");
  private static final Set<String> BAD = Set.of("bad", "awful", "hate", "broken", "slow");

  @Override
  public String handle(String task) {
    String[] words = task.toLowerCase(Locale.ROOT).split("\\W+");
    long good = Arrays.stream(words).filter(GOOD::contains).count();
    long bad = Arrays.stream(words).filter(BAD::contains).count();
    return good > bad ? "friendly" : bad > good ? "unfriendly" : "neutral";
  }
}

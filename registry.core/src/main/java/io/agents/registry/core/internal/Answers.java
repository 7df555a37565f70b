package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Answers of backends: in short, for a person, and in their order. */
final class Answers {

  private static final int MOST_AGENTS = 5;
  private static final int LONGEST = 200;

  private Answers() {}

  /** An answer in short. */
  static String of(@Nullable Object answer) {
    if (answer == null) {
      return "none";
    }
    if (answer instanceof Agent agent) {
      return shortened(version(agent) + " " + agent.metadata());
    }
    return answer instanceof Collection<?> agents ? ofList(agents) : shortened(answer.toString());
  }

  private static String ofList(Collection<?> agents) {
    StringBuilder text = new StringBuilder().append(agents.size()).append(" agents");
    String separator = ": ";
    Iterator<?> some = agents.iterator();
    for (int i = 0; i < MOST_AGENTS && some.hasNext(); i++) {
      text.append(separator).append(version((Agent) some.next()));
      separator = ", ";
    }
    return shortened(text.append(some.hasNext() ? ", ..." : "").toString());
  }

  private static String version(Agent agent) {
    return agent.id() + " #" + agent.registration() + "." + agent.revision();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}

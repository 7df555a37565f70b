package io.agents.registry.shell.internal.logic;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryAdmin;
import java.util.Map;
import java.util.stream.Stream;

/** What somebody may type who speaks of agents. */
public final class AgentSuggestions {

  /** Enough to know which attributes agents have, and soon looked at. */
  private static final int LOOKED_AT = 1_000;

  private final RegistryAdmin registry;

  /**
   * Begins.
   *
   * @param registry is asked
   */
  public AgentSuggestions(RegistryAdmin registry) {
    this.registry = registry;
  }

  /**
   * The ids of agents.
   *
   * @param begin what is typed already
   * @return the ids that begin with it, in no order
   */
  public Stream<String> ids(String begin) {
    return registry.agents().stream().map(Agent::id).filter(id -> id.startsWith(begin));
  }

  /**
   * The attributes that queries may ask for: those with an index, and those that some of the agents
   * have, with the paths into nested maps.
   *
   * @param begin what is typed already
   * @return the names, in no order, some of them twice
   */
  public Stream<String> attributes(String begin) {
    return Stream.concat(
        registry.indexedAttributes().stream(),
        registry.agents().stream().limit(LOOKED_AT).flatMap(agent -> paths("", agent.metadata())));
  }

  private static Stream<String> paths(String prefix, Map<?, ?> map) {
    return map.entrySet().stream()
        .flatMap(
            entry -> {
              String path = prefix + entry.getKey();
              return entry.getValue() instanceof Map<?, ?> inside
                  ? Stream.concat(Stream.of(path), paths(path + ".", inside))
                  : Stream.of(path);
            });
  }
}

package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryEvent;
import io.agents.registry.api.RegistryListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A listener that knows what is registered by what it is told, and whether all of that fits. It
 * keeps no events: there may be hundreds of millions.
 */
final class Picture implements RegistryListener {

  // All guarded by this.
  private final Map<String, Agent> known = new HashMap<>();
  private int presentations;
  private long number;
  private long missed;
  private AssertionError misfit;

  @Override
  public synchronized void present(List<Agent> agents) {
    presentations++;
    agents.forEach(agent -> known.put(agent.id(), agent));
  }

  @Override
  public synchronized void changed(RegistryEvent event) {
    if (misfit == null) {
      try {
        add(event);
      } catch (AssertionError e) {
        // Thrown here it would be the listener's failure, after which all is told anew.
        misfit = e;
      }
    }
  }

  @Override
  public synchronized void missed(long count) {
    missed += count;
  }

  private void add(RegistryEvent event) {
    assertThat(event.number()).isEqualTo(++number);
    Agent agent = event.agent();
    switch (event.type()) {
      case REGISTERED -> assertThat(known.put(agent.id(), agent)).as("before %s", event).isNull();
      case UPDATED ->
          assertThat(known.put(agent.id(), agent))
              .as("before %s", event)
              .isEqualTo(event.previous().orElseThrow());
      case UNREGISTERED ->
          assertThat(known.remove(agent.id())).as("before %s", event).isEqualTo(agent);
    }
  }

  /** What is registered; fails if an event did not fit. */
  synchronized List<Agent> agents() {
    if (misfit != null) {
      throw misfit;
    }
    return List.copyOf(known.values());
  }

  /** How often it was told what is there. */
  synchronized int presentations() {
    return presentations;
  }

  /** How many events it missed. */
  synchronized long missedEvents() {
    return missed;
  }
}

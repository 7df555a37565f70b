package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes the agents that match a query; may be asked to begin again. Used by one thread. */
abstract class Matches {

  abstract void add(Agent agent);

  /** Forgets what was added. */
  abstract void restart();

  abstract int size();

  /** Keeps them. */
  static final class Collected extends Matches {
    private final List<Agent> agents = new ArrayList<>();

    @Override
    void add(Agent agent) {
      agents.add(agent);
    }

    @Override
    void restart() {
      agents.clear();
    }

    @Override
    int size() {
      return agents.size();
    }

    List<Agent> agents() {
      return Collections.unmodifiableList(agents);
    }
  }

  /** Only counts them. */
  static final class Counted extends Matches {
    private int count;

    @Override
    void add(Agent agent) {
      count++;
    }

    @Override
    void restart() {
      count = 0;
    }

    @Override
    int size() {
      return count;
    }
  }
}

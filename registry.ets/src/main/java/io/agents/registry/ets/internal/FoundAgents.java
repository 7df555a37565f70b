package io.agents.registry.ets.internal;

import io.agents.registry.api.Agent;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Consumer;

/** A list over an array that nobody changes; it can't be changed either. */
final class FoundAgents extends AbstractList<Agent> implements RandomAccess {

  private final Agent[] agents;
  private final int size;

  /** The first elements of an array, which belongs to the list from now on; none of them null. */
  FoundAgents(Agent[] agents, int size) {
    // No room is kept for what was not found.
    this.agents =
        size < agents.length - (agents.length >> 2) ? Arrays.copyOf(agents, size) : agents;
    this.size = size;
  }

  @Override
  public Agent get(int index) {
    return agents[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forEach(Consumer<? super Agent> action) {
    for (int i = 0; i < size; i++) {
      action.accept(agents[i]);
    }
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(agents, size, Object[].class);
  }
}

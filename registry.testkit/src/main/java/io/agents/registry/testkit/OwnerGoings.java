package io.agents.registry.testkit;

import io.agents.registry.api.Agent;
import io.agents.registry.spi.OwnerGoneHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A handler that remembers what it was told, and runs the removal after an action of the test. */
final class OwnerGoings implements OwnerGoneHandler {

  private final Consumer<Agent> before;
  private final List<Agent> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Optional<Agent>> removed = Collections.synchronizedList(new ArrayList<>());

  OwnerGoings() {
    this(agent -> {});
  }

  OwnerGoings(Consumer<Agent> before) {
    this.before = before;
  }

  @Override
  public void ownerGone(Agent agent, Supplier<Agent> removal) {
    told.add(agent);
    before.accept(agent);
    removed.add(Optional.ofNullable(removal.get()));
  }

  /** The agents that the handler was given. */
  List<Agent> told() {
    return List.copyOf(told);
  }

  /** What the removals returned, in the same order. */
  List<Optional<Agent>> removed() {
    return List.copyOf(removed);
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentNotFoundException;
import io.agents.registry.api.Registration;
import io.agents.registry.api.RegistryEvent.Reason;
import io.agents.registry.api.StaleRevisionException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A handle to one registration. Knows it by its number, so it never touches another one. */
final class Handle implements Registration {

  /** Takes every revision. */
  static final Consumer<Agent> ANY_REVISION = agent -> {};

  private final RegistryCore core;
  private final String id;
  private final long number;

  Handle(RegistryCore core, Agent agent) {
    this.core = core;
    this.id = agent.id();
    this.number = agent.registration();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Optional<Agent> agent() {
    return Optional.ofNullable(core.routing().lookup(id)).filter(this::isMine);
  }

  @Override
  public Agent update(Map<String, ?> metadata) {
    return update(metadata, ANY_REVISION);
  }

  @Override
  public Agent update(Map<String, ?> metadata, long expectedRevision) {
    return update(metadata, requireRevision(expectedRevision));
  }

  @Override
  public void close() {
    try {
      if (core.writes().remove(id, this::isMine, Reason.ASKED) != null) {
        core.changes().freed(id);
      }
    } catch (EndedException e) {
      // The registry has ended, and the registration has not: it waits for a successor, or is
      // there.
      if (!core.withdraw(number)) {
        throw e;
      }
    }
  }

  @Override
  public String toString() {
    return "registration " + number + " of " + id;
  }

  /** Refuses an agent at another revision. */
  static Consumer<Agent> requireRevision(long expected) {
    return agent -> {
      if (agent.revision() != expected) {
        throw new StaleRevisionException(agent.id(), expected, agent.revision());
      }
    };
  }

  private Agent update(Map<String, ?> metadata, Consumer<Agent> revision) {
    Consumer<Agent> mine =
        agent -> {
          if (!isMine(agent)) {
            throw new AgentNotFoundException(id, number);
          }
        };
    return core.writes().update(id, core.checks().metadata(metadata), mine, revision);
  }

  private boolean isMine(Agent agent) {
    return agent.registration() == number;
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes the stage. */
final class Moves {

  /** How long a change waits for the one before it, and for the registry's configuration. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Waits until the selector has decided. */
  interface Settle {
    void within(Duration time) throws InterruptedException;
  }

  private final StageComponent component;
  private final FlagSource flags;
  private final Function<RolloutStage, Readiness> readiness;
  private final Retreat retreat;
  private final Settle settle;

  /**
   * Held by a step forward or back from its check to its end, so that each is checked against the
   * stage that it changes. Never taken by a rollback, nor by a callback.
   */
  private final ReentrantLock moving = new ReentrantLock();

  Moves(
      StageComponent component,
      FlagSource flags,
      Function<RolloutStage, Readiness> readiness,
      Retreat retreat,
      Settle settle) {
    this.component = component;
    this.flags = flags;
    this.readiness = readiness;
    this.retreat = retreat;
    this.settle = settle;
  }

  RolloutChange next(Optional<Double> percent, boolean force, Source source, String reason) {
    return inTurn(
        () -> {
          RolloutStage from = component.stages().state().stage();
          RolloutStage to = Steps.next(from, percent, component.settings().stepHundredths());
          Readiness check = readiness.apply(to);
          if (!check.isReady() && !force) {
            throw new RolloutRefusedException(from, notReady(check, to));
          }
          return move(from, to, source, !check.isReady(), reason);
        });
  }

  private static String notReady(Readiness check, RolloutStage to) {
    return check.against().stream()
        .map(Readiness.Line::what)
        .collect(
            Collectors.joining(
                "; ",
                "not ready for stage " + to + ": ",
                "; rollout:next --force goes all the same"));
  }

  RolloutChange back(RolloutStage to, Source source, String reason) {
    return inTurn(
        () -> {
          Stages.State state = component.stages().state();
          if (state.enforced()) {
            throw Stages.enforced(state.stage());
          }
          Steps.back(state.stage(), to);
          return move(state.stage(), to, source, false, reason);
        });
  }

  private interface Step {
    RolloutChange run();
  }

  private RolloutChange inTurn(Step step) {
    RolloutChange change;
    if (!isMyTurn()) {
      throw new RolloutRefusedException(
          component.stages().state().stage(),
          "another change of the stage does not end; nothing was changed; rollout:rollback does not"
              + " wait for it");
    }
    try {
      change = step.run();
    } finally {
      moving.unlock();
    }
    settle();
    return change;
  }

  private boolean isMyTurn() {
    try {
      return moving.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void settle() {
    try {
      settle.within(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RolloutChange move(
      RolloutStage from, RolloutStage to, Source source, boolean forced, String reason) {
    Stages stages = component.stages();
    Stages.Move move = stages.begin(from, to, source, forced, reason);
    try {
      flags.changeAll(
          StageFlags.wantedFor(to),
          reason.isEmpty() ? "rollout from " + from + " to " + to : reason);
    } finally {
      stages.end(move).forEach(component::publish);
    }
    if (stages.isOvertaken(move)) {
      // What this wrote may have come after what the rollback wrote.
      retreat.begin();
    }
    return stages
        .bookedTo(move)
        .orElseThrow(
            () ->
                new RolloutRefusedException(
                    stages.state().stage(),
                    stages.isOvertaken(move)
                        ? "rolled back meanwhile; the stage is off"
                        : "the flags were changed by somebody else meanwhile; the stage is "
                            + stages.state().stage()));
  }

  RolloutChange rollback(Source source, String reason) {
    Stages.Outcome outcome = component.stages().rollback(source, reason);
    Retreat.Begun begun = retreat.begin();
    component.publish(outcome);
    begun.await();
    return outcome.changes().get(0);
  }

  /** Rolls back from a stage in which a threshold was crossed, unless it is over by now. */
  void rollbackByGuard(RolloutStage judged, String reason) {
    Stages.Outcome outcome = component.stages().rollbackByGuard(judged, reason);
    if (outcome.changed()) {
      Retreat.Begun begun = retreat.begin();
      component.publish(outcome);
      begun.await();
    }
  }

  RolloutChange clear(Source source, String reason) {
    Stages stages = component.stages();
    List<Stages.Outcome> outcomes = stages.clear(source, reason);
    outcomes.forEach(component::publish);
    return outcomes.get(0).changes().stream()
        .findFirst()
        .orElseGet(() -> stages.nothing(Kind.CLEARED, source, reason));
  }
}

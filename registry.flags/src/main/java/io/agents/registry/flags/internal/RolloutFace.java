package io.agents.registry.flags.internal;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.flags.WhyReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rollout for callers of one kind; checks arguments. */
final class RolloutFace implements Rollout {

  private final Moves moves;
  private final Insight insight;
  private final Source source;
  private final Supplier<Rollout> commands;

  RolloutFace(Moves moves, Insight insight, Source source, Supplier<Rollout> commands) {
    this.moves = moves;
    this.insight = insight;
    this.source = source;
    this.commands = commands;
  }

  @Override
  public RolloutStatus status() {
    return insight.status();
  }

  @Override
  public Readiness check() {
    return insight.check();
  }

  @Override
  public RolloutChange next(Optional<Double> percent, boolean force, String reason) {
    return moves.next(
        notNull(percent, "a percentage, which may be empty,"), force, source, checked(reason));
  }

  @Override
  public RolloutChange back(RolloutStage stage, String reason) {
    return moves.back(notNull(stage, "a stage"), source, checked(reason));
  }

  @Override
  public RolloutChange rollback(String reason) {
    return moves.rollback(source, checked(reason));
  }

  @Override
  public RolloutChange clear(String reason) {
    return moves.clear(source, checked(reason));
  }

  @Override
  public List<RolloutChange> history() {
    return insight.history();
  }

  @Override
  public WhyReport why() {
    return insight.why();
  }

  @Override
  public Rollout byCommand() {
    return commands.get();
  }

  private static String checked(String reason) {
    notNull(reason, "a reason (which may be empty)");
    if (reason.length() > FeatureFlags.MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason has "
              + reason.length()
              + " characters; at most "
              + FeatureFlags.MAX_REASON_LENGTH
              + " are allowed");
    }
    return reason;
  }

  private static <T> T notNull(T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is needed, not null");
    }
    return value;
  }
}

package io.agents.registry.shell.internal;

import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Kind;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutRefusedException;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.flags.WhyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rollout for the tests of commands: goes wherever it is told to, unless it is told not to. */
public final class FakeRollout implements Rollout {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private final List<RolloutChange> history = new ArrayList<>();
  private boolean byCommand;

  public RolloutStage stage = RolloutStage.OFF;

  /** What the guard holds promotion for. */
  public Optional<String> hold = Optional.empty();

  /** What stands against the next stage. */
  public Optional<String> against = Optional.empty();

  /** The percentage that was given last. */
  public Optional<Double> percent = Optional.empty();

  @Override
  public RolloutStatus status() {
    return new RolloutStatus(
        stage,
        history.isEmpty() ? Optional.empty() : Optional.of(TIME),
        "node-1",
        "legacy",
        "legacy",
        stage.keepsInStep() ? "ets" : "",
        stage.keepsInStep() ? "in step" : "",
        0.5,
        stage.keepsInStep(),
        "nothing to see",
        hold,
        Optional.empty(),
        Optional.empty(),
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)));
  }

  @Override
  public Readiness check() {
    List<Readiness.Line> lines = new ArrayList<>();
    lines.add(new Readiness.Line(true, "ets is there", ""));
    against.ifPresent(what -> lines.add(new Readiness.Line(false, what, "registry:comparison")));
    return new Readiness(stage, Optional.of(RolloutStage.SHADOW), lines);
  }

  @Override
  public RolloutChange next(Optional<Double> share, boolean force, String reason) {
    percent = share;
    if (against.isPresent() && !force) {
      throw new RolloutRefusedException(stage, "not ready for shadow: " + against.get());
    }
    return change(RolloutStage.SHADOW, Kind.MOVED, against.isPresent(), reason);
  }

  @Override
  public RolloutChange back(RolloutStage to, String reason) {
    if (!to.isBefore(stage)) {
      throw new RolloutRefusedException(stage, to + " is not before " + stage);
    }
    return change(to, Kind.MOVED, false, reason);
  }

  @Override
  public RolloutChange rollback(String reason) {
    return change(RolloutStage.OFF, Kind.ROLLED_BACK, false, reason);
  }

  @Override
  public RolloutChange clear(String reason) {
    hold = Optional.empty();
    return change(stage, Kind.CLEARED, false, reason);
  }

  @Override
  public List<RolloutChange> history() {
    return history;
  }

  @Override
  public WhyReport why() {
    return new WhyReport(
        "legacy",
        "ets",
        List.of(
            new WhyReport.Reason(WhyReport.Kind.FLAG, false, "the flag is on", "flags:disable x"),
            new WhyReport.Reason(WhyReport.Kind.BUNDLE, true, "ets is not started", "start 7"),
            new WhyReport.Reason(WhyReport.Kind.SWAP, false, "none is under way", "")));
  }

  @Override
  public Rollout byCommand() {
    byCommand = true;
    return this;
  }

  private RolloutChange change(RolloutStage to, Kind kind, boolean forced, String reason) {
    Source source = byCommand ? Source.COMMAND : Source.CALL;
    RolloutChange change = new RolloutChange(TIME, stage, to, kind, source, forced, reason);
    stage = to;
    history.add(change);
    return change;
  }
}

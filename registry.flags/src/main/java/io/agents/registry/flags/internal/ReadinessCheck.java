package io.agents.registry.flags.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.Operation;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Readiness.Line;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStage.Name;
import io.agents.registry.spi.RegistryBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands for and against the next stage.
 *
 * @param state the stage and what holds it
 * @param settings what is asked for
 * @param node the name of this node
 * @param available the implementations that are there
 * @param targetKind what stands in the registry's target filter
 * @param sight what the registry tells of itself; empty if it is not there
 * @param cleanComparisons how many comparisons came after the last difference
 * @param history what happened so far
 * @param now the time
 */
record ReadinessCheck(
    Stages.State state,
    RolloutSettings settings,
    String node,
    Set<String> available,
    TargetFilter.Kind targetKind,
    Optional<Sight> sight,
    long cleanComparisons,
    List<RolloutChange> history,
    Instant now) {

  /** The lines for one stage to go to. */
  Readiness check(Optional<RolloutStage> next) {
    List<Line> lines = new ArrayList<>();
    lines.add(flags());
    lines.add(hold());
    lines.add(targetFilter());
    if (next.isPresent() && next.get().equals(RolloutStage.DONE)) {
      lines.add(soak());
    } else {
      lines.add(implementation(RegistryBackend.ETS));
      lines.add(implementation(RegistryBackend.LEGACY));
    }
    lines.add(registry());
    lines.add(rollbacks());
    if (!state.stage().equals(RolloutStage.OFF)) {
      lines.add(guard());
      lines.add(mirror());
      lines.add(comparisons());
      lines.add(calls());
    }
    return new Readiness(state.stage(), next, lines);
  }

  private Line flags() {
    return state
        .problem()
        .map(problem -> bad("the flags are not followed: " + problem, "flags:list"))
        .orElseGet(() -> good("the flags say what the stage is, " + state.stage()));
  }

  private Line hold() {
    return state
        .hold()
        .map(hold -> bad("the guard holds promotion: " + hold, "rollout:clear"))
        .orElseGet(() -> good("the guard does not hold promotion"));
  }

  private Line targetFilter() {
    return targetKind == TargetFilter.Kind.FOREIGN
        ? bad(
            "somebody else's target filter stands in the registry's configuration", "registry:why")
        : good("the registry's target filter is left to the flags");
  }

  private Line implementation(String name) {
    return available.contains(name)
        ? good("the implementation '" + name + "' is there")
        : bad("the implementation '" + name + "' is not there", "registry:why");
  }

  private Line registry() {
    if (sight.isEmpty()) {
      return bad("the registry is not there", "registry:why");
    }
    String wanted = Choice.wanted(state.stage().servesEts(node));
    String active = sight.get().active();
    return active.equals(wanted)
        ? good("'" + active + "' serves on this node, as the stage asks for")
        : bad("'" + active + "' serves on this node instead of '" + wanted + "'", "registry:why");
  }

  private Line rollbacks() {
    Instant quietSince = now.minus(Duration.ofMinutes(settings.quietMinutes()));
    Optional<RolloutChange> last = Optional.empty();
    for (RolloutChange change : history) {
      if (change.kind() == RolloutChange.Kind.ROLLED_BACK && change.at().isAfter(quietSince)) {
        last = Optional.of(change);
      }
    }
    return last.map(
            change ->
                bad(
                    "there was a rollback at "
                        + change.at()
                        + ", less than "
                        + settings.quietMinutes()
                        + " minutes ago: "
                        + change.reason(),
                    ""))
        .orElseGet(
            () ->
                good("there was no rollback in the last " + settings.quietMinutes() + " minutes"));
  }

  private Line guard() {
    return state.monitored()
        ? good("the guard is on")
        : bad("the guard is off", "flags:enable " + Rollout.MONITORING);
  }

  private Line mirror() {
    if (state.stage().equals(RolloutStage.DONE)) {
      return good("no implementation is to be kept in step");
    }
    MirrorStatus mirror = sight.map(Sight::mirror).orElse(MirrorStatus.NONE);
    String other = Choice.other(Choice.wanted(state.stage().servesEts(node)));
    if (mirror.state() == MirrorStatus.State.IN_STEP && mirror.implementation().equals(other)) {
      return good("the mirror '" + other + "' is in step");
    }
    return bad("the mirror '" + other + "' is not in step: " + describe(mirror), "registry:status");
  }

  /** How a mirror is, for a person. */
  static String describe(MirrorStatus mirror) {
    String word =
        switch (mirror.state()) {
          case NONE -> "not configured yet";
          case MISSING -> "missing";
          case FILLING -> "being filled";
          case IN_STEP -> "in step";
          case FAILED -> "failed";
        };
    return mirror.reason().isEmpty() ? word : word + ", " + mirror.reason();
  }

  private Line comparisons() {
    String figure = "the last " + cleanComparisons + " comparisons were without a difference";
    return cleanComparisons >= settings.readyComparisons()
        ? good(figure)
        : bad(figure + "; asked for are " + settings.readyComparisons(), "registry:comparison");
  }

  private Line calls() {
    boolean partial = state.stage().name() == Name.PARTIAL;
    String serving = Choice.wanted(state.stage().servesEts(node));
    long seen = sight.map(Sight::calls).map(calls -> sum(calls, serving)).orElse(0L);
    String figure =
        seen + " calls were measured in '" + serving + "'" + (partial ? " on this node" : "");
    return seen >= settings.readyCalls()
        ? good(figure)
        : bad(figure + "; asked for are " + settings.readyCalls(), "registry:calls");
  }

  private static long sum(CallStatistics calls, String implementation) {
    long sum = 0;
    for (Operation operation : Operation.values()) {
      sum += calls.of(implementation, operation).calls();
    }
    return sum;
  }

  private Line soak() {
    Optional<Instant> ends = soakEnds(state.stage(), history, settings);
    String what = "the stage full is to be kept for " + settings.soakMinutes() + " minutes";
    return ends.isPresent() && ends.get().isAfter(now)
        ? bad(what + ", until " + ends.get(), "")
        : good(what + ", and was");
  }

  /** When full was kept long enough; empty in another stage. */
  static Optional<Instant> soakEnds(
      RolloutStage stage, List<RolloutChange> history, RolloutSettings settings) {
    return stage.equals(RolloutStage.FULL)
        ? since(stage, history).map(at -> at.plus(Duration.ofMinutes(settings.soakMinutes())))
        : Optional.empty();
  }

  /** Since when this is the stage; empty if it was never another one. */
  static Optional<Instant> since(RolloutStage stage, List<RolloutChange> history) {
    for (int i = history.size() - 1; i >= 0; i--) {
      RolloutChange change = history.get(i);
      if (!change.from().equals(change.to())) {
        return change.to().equals(stage) ? Optional.of(change.at()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Line good(String what) {
    return new Line(true, what, "");
  }

  private static Line bad(String what, String command) {
    return new Line(false, what, command);
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagState;
import io.agents.registry.flags.FlagValue;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.SelectionStatus;
import io.agents.registry.flags.WhyReport;
import io.agents.registry.flags.WhyReport.Kind;
import io.agents.registry.flags.WhyReport.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the active implementation is the one it is.
 *
 * @param flag the flag {@link FeatureFlags#USE_ETS}
 * @param state the stage and what holds it
 * @param node the name of this node
 * @param selection how the selector sees it
 * @param sight what the registry tells of itself; empty if it is not there
 * @param exchanging whether implementations are being exchanged
 * @param installed what is to be said of the bundle of an implementation that is not there
 * @param history what happened so far
 */
record Why(
    FlagState flag,
    Stages.State state,
    String node,
    SelectionStatus selection,
    Optional<Sight> sight,
    boolean exchanging,
    Parts installed,
    List<RolloutChange> history) {

  /** Looks at bundles and components. */
  interface Parts {
    /** Why an implementation is not there. */
    List<Reason> missing(String implementation);

    /** Why the registry is not there. */
    List<Reason> missingRegistry();
  }

  WhyReport report() {
    List<Reason> reasons = new ArrayList<>();
    reasons.add(ofFlag());
    reasons.add(ofStage());
    state
        .problem()
        .ifPresent(
            problem ->
                reasons.add(
                    new Reason(
                        Kind.FLAG,
                        true,
                        "the flags are not followed: " + problem,
                        state.hold().isPresent() ? "rollout:clear" : "flags:list")));
    guard(reasons);
    targetFilter(reasons);
    if (sight.isEmpty()) {
      reasons.addAll(installed.missingRegistry());
    }
    if (!selection.available().contains(selection.wanted())) {
      reasons.addAll(installed.missing(selection.wanted()));
    }
    sight.ifPresent(seen -> registry(seen, reasons));
    return new WhyReport(selection.active(), selection.wanted(), reasons);
  }

  private Reason ofFlag() {
    String here = flag.onHere() ? "on" : "off";
    return new Reason(
        Kind.FLAG,
        false,
        flag.name()
            + " is "
            + flag.value()
            + (flag.configured() ? "" : ", by default")
            + "; it is "
            + here
            + " for this node, "
            + node,
        (flag.onHere() ? "flags:disable " : "flags:enable ") + flag.name());
  }

  private Reason ofStage() {
    RolloutStage stage = state.stage();
    String share =
        stage.name() == RolloutStage.Name.PARTIAL
            ? "; this node's number is "
                + FlagValue.bucketOf(FeatureFlags.USE_ETS, node)
                + ", and nodes below "
                + stage.share().buckets()
                + " of 10000 are in the share"
            : "";
    return new Reason(
        Kind.STAGE,
        false,
        "the rollout is in stage "
            + stage
            + ", which asks for '"
            + selection.wanted()
            + "' on this node"
            + share,
        stage.equals(RolloutStage.DONE) ? "rollout:back full" : "rollout:next");
  }

  private void guard(List<Reason> reasons) {
    for (int i = history.size() - 1; i >= 0; i--) {
      RolloutChange change = history.get(i);
      if (change.kind() == RolloutChange.Kind.ROLLED_BACK && isStillThere(i)) {
        reasons.add(
            new Reason(
                Kind.GUARD,
                false,
                "rolled back from "
                    + change.from()
                    + " at "
                    + change.at()
                    + " by "
                    + change.source().name().toLowerCase(Locale.ROOT)
                    + ": "
                    + change.reason(),
                state.hold().isPresent() ? "rollout:clear" : "rollout:check"));
        return;
      }
    }
  }

  /** Whether no stage came after a step of the history. */
  private boolean isStillThere(int step) {
    return history.subList(step + 1, history.size()).stream()
        .allMatch(later -> later.from().equals(later.to()));
  }

  private void targetFilter(List<Reason> reasons) {
    TargetFilter target = TargetFilter.of(selection.target());
    boolean foreign = target.kind() == TargetFilter.Kind.FOREIGN;
    reasons.add(
        new Reason(
            Kind.TARGET_FILTER,
            foreign,
            target.text().isEmpty()
                ? "no target filter is configured; the service ranking decides"
                : "the target filter is "
                    + target.text()
                    + (foreign ? ", written by somebody else, and left alone" : ""),
            foreign
                ? "remove "
                    + BackendSelection.TARGET
                    + " from the configuration "
                    + BackendSelection.REGISTRY_PID
                : ""));
  }

  private void registry(Sight seen, List<Reason> reasons) {
    List<SwapReport> swaps = seen.swaps();
    boolean asWanted = selection.active().equals(selection.wanted());
    if (exchanging) {
      reasons.add(new Reason(Kind.SWAP, !asWanted, "an exchange is under way", "registry:swaps"));
    } else if (!swaps.isEmpty()) {
      SwapReport last = swaps.get(swaps.size() - 1);
      boolean failed = last.outcome() == SwapReport.Outcome.ABANDONED;
      reasons.add(
          new Reason(
              Kind.SWAP,
              failed && !asWanted,
              "the last exchange, from "
                  + last.from()
                  + " to "
                  + last.to()
                  + " at "
                  + last.startedAt()
                  + (failed ? ", was abandoned: " + last.reason() : ", was completed"),
              failed ? "rollout:rollback" : "registry:swaps"));
    }
    if (seen.mirror().state() != MirrorStatus.State.NONE) {
      reasons.add(
          new Reason(
              Kind.REGISTRY,
              false,
              "the mirror '"
                  + seen.mirror().implementation()
                  + "' is "
                  + ReadinessCheck.describe(seen.mirror()),
              "registry:status"));
    }
    if (!asWanted
        && selection.awaited().isPresent()
        && reasons.stream().noneMatch(Reason::obstacle)) {
      reasons.add(new Reason(Kind.REGISTRY, true, selection.awaited().get(), "registry:status"));
    }
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.flags.WhyReport;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the rollout stands. Changes nothing. */
final class Insight {

  private static final Logger LOG = LoggerFactory.getLogger(Insight.class);

  private final StageComponent component;
  private final FeatureFlags flags;
  private final SelectorComponent selector;
  private final PidConfiguration registryConfiguration;
  private final CleanComparisons clean;
  private final Watch watch;
  private final Parts parts;
  private final Clock clock;

  Insight(
      StageComponent component,
      FeatureFlags flags,
      SelectorComponent selector,
      PidConfiguration registryConfiguration,
      CleanComparisons clean,
      Watch watch,
      Parts parts,
      Clock clock) {
    this.component = component;
    this.flags = flags;
    this.selector = selector;
    this.registryConfiguration = registryConfiguration;
    this.clean = clean;
    this.watch = watch;
    this.parts = parts;
    this.clock = clock;
  }

  RolloutStatus status() {
    Stages.State state = component.stages().state();
    List<RolloutChange> history = history();
    Plan plan = component.plan();
    Optional<Sight> sight = sight();
    MirrorStatus mirror = sight.map(Sight::mirror).orElse(MirrorStatus.NONE);
    return new RolloutStatus(
        state.stage(),
        ReadinessCheck.since(state.stage(), history),
        component.nodeName(),
        plan.serving(),
        sight.map(Sight::active).orElseGet(() -> ActiveImplementation.of(null).name()),
        plan.mirror(),
        plan.mirror().isEmpty() ? "" : ReadinessCheck.describe(mirror),
        plan.comparisonHundredths() / 100.0,
        watch.isWatching(),
        guard(state),
        state.hold(),
        ReadinessCheck.soakEnds(state.stage(), history, component.settings()),
        state
            .problem()
            .or(
                () ->
                    state.retreating()
                        ? Optional.of(
                            "rolled back, but the flags do not say so yet; they are written again")
                        : Optional.empty()),
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)));
  }

  private String guard(Stages.State state) {
    if (!state.monitored()) {
      return "does not watch: " + Rollout.MONITORING + " is off";
    }
    if (!state.stage().keepsInStep()) {
      return "does not watch: there is nothing to guard in stage " + state.stage();
    }
    return watch.blind().isEmpty()
        ? "watches; no threshold is crossed"
        : "watches, but sees nothing: " + watch.blind();
  }

  List<RolloutChange> history() {
    return component.stages().history();
  }

  Readiness check() {
    return check(
        Steps.after(component.stages().state().stage(), component.settings().stepHundredths()));
  }

  Readiness check(Optional<RolloutStage> next) {
    Optional<Sight> sight = sight();
    long comparisons = sight.map(Sight::comparison).map(clean::observe).orElse(0L);
    return new ReadinessCheck(
            component.stages().state(),
            component.settings(),
            component.nodeName(),
            selector.available(),
            targetKind(),
            sight,
            comparisons,
            history(),
            clock.instant())
        .check(next);
  }

  private TargetFilter.Kind targetKind() {
    try {
      return TargetFilter.of(registryConfiguration.read().get(BackendSelection.TARGET)).kind();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The registry's configuration can't be read", e);
      return TargetFilter.Kind.BROKEN;
    }
  }

  private Optional<Sight> sight() {
    try {
      return selector.registry().map(registry -> Sight.of(registry, System.nanoTime()));
    } catch (RuntimeException e) {
      LOG.debug("The registry is going", e);
      return Optional.empty();
    }
  }

  WhyReport why() {
    return new Why(
            flags.state(FeatureFlags.USE_ETS),
            component.stages().state(),
            component.nodeName(),
            selector.status(),
            sight(),
            selector.registry().map(Insight::isExchanging).orElse(false),
            parts,
            history())
        .report();
  }

  private static boolean isExchanging(RegistryAdmin registry) {
    try {
      return registry.status().swapUnderWay();
    } catch (RuntimeException e) {
      LOG.debug("The registry is going", e);
      return false;
    }
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.Readiness;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutChange;
import io.agents.registry.flags.RolloutChange.Source;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.flags.RolloutStatus;
import io.agents.registry.flags.WhyReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Rollout} service: puts its parts together, and checks arguments. */
@Component(service = Rollout.class, immediate = true)
public final class RolloutComponent implements Rollout {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutComponent.class);

  private final SelectorComponent selector;
  private final AtomicReference<ServiceComponentRuntime> components = new AtomicReference<>();
  private final Watch watch;
  private final Retreat retreat;
  private final Moves moves;
  private final Runnable unfollow;
  private final Rollout calls;
  private final Rollout commands;

  /**
   * Makes the component, and begins to watch if there is something to guard.
   *
   * @param context the context of this bundle
   * @param admin where configurations are written
   * @param flags what the stage follows from
   * @param stages the stage
   * @param selector what has the registry do as the stage asks for
   */
  @Activate
  public RolloutComponent(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference FlagSource flags,
      @Reference StageComponent stages,
      @Reference SelectorComponent selector) {
    this.selector = selector;
    CleanComparisons clean = new CleanComparisons();
    this.retreat =
        new Retreat(
            new PidConfiguration(admin, FeatureFlags.PID),
            selector::exchangeNow,
            selector::pointNow,
            stages.stages(),
            stages::read);
    Clock clock = Clock.systemUTC();
    Watch made = new Watch(stages, selector::registry, clean, this::again, this::breached, clock);
    this.watch = made;
    Insight insight =
        new Insight(
            stages,
            flags,
            selector,
            new PidConfiguration(admin, BackendSelection.REGISTRY_PID),
            clean,
            made,
            new Parts(context, components::get),
            clock);
    this.moves =
        new Moves(
            stages,
            flags,
            stage -> insight.check(Optional.of(stage)),
            retreat,
            selector::decideWithin);
    this.calls = new RolloutFace(moves, insight, Source.CALL, this::byCommand);
    this.commands = new RolloutFace(moves, insight, Source.COMMAND, this::byCommand);
    this.unfollow = stages.onChange(made::adjust);
    if (stages.stages().state().retreating()) {
      // The framework stopped before the flags said off.
      retreat.begin();
    }
    made.adjust();
  }

  @Deactivate
  void deactivate() {
    unfollow.run();
    watch.close();
    retreat.close();
  }

  private void breached(RolloutStage judged, Breach breach) {
    LOG.warn("The guard of the rollout rolls back from stage {}: {}", judged, breach);
    moves.rollbackByGuard(judged, breach.toString());
  }

  private void again() {
    try {
      selector.again();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Reference(
      name = "components",
      service = ServiceComponentRuntime.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      unbind = "componentsWent")
  void componentsCame(ServiceComponentRuntime runtime) {
    components.set(runtime);
  }

  void componentsWent(ServiceComponentRuntime runtime) {
    // Another one may have taken its place already.
    components.compareAndSet(runtime, null);
  }

  @Override
  public RolloutStatus status() {
    return calls.status();
  }

  @Override
  public Readiness check() {
    return calls.check();
  }

  @Override
  public RolloutChange next(Optional<Double> percent, boolean force, String reason) {
    return calls.next(percent, force, reason);
  }

  @Override
  public RolloutChange back(RolloutStage stage, String reason) {
    return calls.back(stage, reason);
  }

  @Override
  public RolloutChange rollback(String reason) {
    return calls.rollback(reason);
  }

  @Override
  public RolloutChange clear(String reason) {
    return calls.clear(reason);
  }

  @Override
  public List<RolloutChange> history() {
    return calls.history();
  }

  @Override
  public WhyReport why() {
    return calls.why();
  }

  @Override
  public Rollout byCommand() {
    return commands;
  }
}

package io.agents.registry.core.internal;

import static java.util.Objects.requireNonNull;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.spi.Inheritance;
import io.agents.registry.spi.OwnerMonitoring;
import io.agents.registry.spi.RegistryBackend;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The registry whole, put together from its parts. Knows nothing of Declarative Services: the
 * components drive it, and so do tests.
 */
final class RegistryCore implements AutoCloseable {

  private final WriteLocks locks = new WriteLocks();
  private final Routing routing = new Routing(Route.startingAt(Backends.ownStore()));
  private final SwapLog swapLog = new SwapLog(() -> settings().swapsKept());
  private final EventHub hub = new EventHub(this::settings, routing, locks);
  private final Quotas quotas = new Quotas(routing, locks);
  private final Changes changes = new Changes(hub, quotas);
  private final Writes writes;
  private final InputChecks checks = new InputChecks(this::settings);
  private final Background background = new Background();
  private final CallMeter meter = new CallMeter();
  private final ComparisonLog comparisons = new ComparisonLog();
  private final HandOver handOver =
      new HandOver(routing, locks, changes, swapLog, this::guarded, meter);
  private final Backends backends = new Backends(routing, locks, handOver);
  private final Watches watches =
      new Watches(
          routing,
          locks,
          meter,
          comparisons,
          background,
          () -> settings().mirroring().comparisonsPerSecond());

  private volatile Settings settings;

  /** What is left to whoever follows; null before the end. */
  private volatile @Nullable Inheritance left;

  RegistryCore(Settings settings) {
    this(settings, Estate.NONE);
  }

  /** Goes on with what another one has left. */
  RegistryCore(Settings settings, Estate estate) {
    writes = new Writes(routing, locks, changes, quotas, estate.lastRegistration());
    RegistryBackend store = routing.route().active();
    estate.agents().forEach(store::putIfAbsent);
    changes.failures(
        mirror -> background.start("registry-mirror-end", () -> backends.mirrorFailed(mirror)));
    this.settings = settings;
    // Agents that are there already count in quotas.
    settings(settings);
  }

  /** The registry for one bundle. */
  AgentRegistry registryFor(Bundle bundle) {
    return new AgentRegistryFace(this, new Caller(bundle, false));
  }

  /** The registry for whoever runs it. */
  RegistryAdmin adminFor(Bundle bundle) {
    return new RegistryAdminFace(this, bundle);
  }

  WriteLocks locks() {
    return locks;
  }

  Routing routing() {
    return routing;
  }

  Writes writes() {
    return writes;
  }

  Changes changes() {
    return changes;
  }

  InputChecks checks() {
    return checks;
  }

  EventHub listeners() {
    return hub;
  }

  Backends backends() {
    return backends;
  }

  Settings settings() {
    return settings;
  }

  /** The limits that hold for calls that begin from now on. */
  void settings(Settings changed) {
    settings = changed;
    quotas.set(changed.maxAgents(), changed.maxAgentsOfOwner());
    watches.set(changed.measuresCalls(), changed.mirroring().comparisonBasisPoints());
  }

  List<SwapReport> swaps() {
    return swapLog.reports();
  }

  RegistryStatus status() {
    Route route = routing.route();
    BackendsState state = backends.state();
    int ownersGone = routing.read(RegistryCore::countOwnersGone);
    OwnerMonitoring monitoring = routing.read(RegistryBackend::monitoring);
    return new RegistryStatus(
        route.name(),
        state.target(),
        state.names(),
        state.awaited(route.active()),
        routing.read(RegistryBackend::size),
        ownersGone,
        monitoring.bundles(),
        monitoring.services(),
        hub.listeners(),
        hub.missed(),
        handOver.isUnderWay(),
        swapLog.last(),
        backends.mirrorStatus());
  }

  MirrorStatus mirror() {
    return backends.mirrorStatus();
  }

  ComparisonReport comparison() {
    return comparisons.report();
  }

  CallStatistics calls() {
    return meter.read();
  }

  /**
   * Ends the registry: every call is refused, and nobody is told of anything.
   *
   * @return what is left to whoever follows
   */
  Inheritance end() {
    hub.close();
    backends.end(agents -> left = new Inheritance(agents, writes.lastRegistration()));
    background.close();
    return requireNonNull(left);
  }

  /**
   * Ends a registration of a registry that has ended itself.
   *
   * @return false if somebody has followed already, who holds it now
   */
  boolean withdraw(long registration) {
    Inheritance inheritance = left;
    return inheritance != null && inheritance.withdraw(registration);
  }

  /** Ends the registry, and leaves nothing to anybody. */
  @Override
  public void close() {
    end().claim();
  }

  private void guarded(String name, Runnable work, Consumer<StoodStillException> givenUp) {
    background.within(() -> settings().mirroring().timeoutMillis(), name, work, givenUp);
  }

  private static int countOwnersGone(RegistryBackend backend) {
    int[] gone = {0};
    backend.forEach(
        agent -> {
          if (agent.isOwnerGone()) {
            gone[0]++;
          }
        });
    return gone[0];
  }
}

package io.agents.registry.flags.internal;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapEvidence;
import io.agents.registry.api.SwapReport;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.spi.RegistryBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ManagedService;

/** Exchanges backends in name only, as its target filter says. */
final class FakeRegistry implements ManagedService {

  // Guarded by this object's lock.
  private final List<SwapReport> swaps = new ArrayList<>();
  private String active = RegistryStatus.NO_IMPLEMENTATION;
  private MirrorStatus mirror = MirrorStatus.NONE;

  private volatile CallStatistics calls = CallStatistics.NONE;
  private volatile ComparisonReport comparison = ComparisonReport.NONE;

  FakeRegistry(Container container) {
    RegistryAdmin admin = mock(RegistryAdmin.class);
    when(admin.swaps()).thenAnswer(call -> swaps());
    when(admin.status())
        .thenAnswer(
            call ->
                new RegistryStatus(
                    active(),
                    "",
                    List.of(),
                    Optional.empty(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    false,
                    Optional.empty(),
                    MirrorStatus.NONE));
    when(admin.mirror()).thenAnswer(call -> mirror());
    when(admin.calls()).thenAnswer(call -> calls);
    when(admin.comparison()).thenAnswer(call -> comparison);
    container.register(RegistryAdmin.class, admin, Map.of());
    container.register(
        ManagedService.class, this, Map.of(Constants.SERVICE_PID, BackendSelection.REGISTRY_PID));
  }

  synchronized List<SwapReport> swaps() {
    return List.copyOf(swaps);
  }

  synchronized String active() {
    return active;
  }

  synchronized MirrorStatus mirror() {
    return mirror;
  }

  /** Has it tell this of its calls. */
  void measured(CallStatistics statistics) {
    calls = statistics;
  }

  /** Has it tell this of its comparisons. */
  void compared(ComparisonReport report) {
    comparison = report;
  }

  @Override
  public synchronized void updated(Dictionary<String, ?> properties) {
    TargetFilter target =
        TargetFilter.of(properties == null ? null : properties.get(BackendSelection.TARGET));
    Object configured = properties == null ? null : properties.get(RegistryKeys.MIRROR);
    mirror =
        configured == null
            ? MirrorStatus.NONE
            : new MirrorStatus(configured.toString(), MirrorStatus.State.IN_STEP, "");
    String next = target.implementation().orElse(RegistryBackend.LEGACY);
    if (!next.equals(active)) {
      swaps.add(
          new SwapReport(
              swaps.size() + 1,
              Instant.EPOCH,
              active,
              next,
              0,
              0,
              0,
              0,
              0,
              0,
              SwapReport.Outcome.COMPLETED,
              "",
              SwapEvidence.NONE));
      active = next;
    }
  }
}

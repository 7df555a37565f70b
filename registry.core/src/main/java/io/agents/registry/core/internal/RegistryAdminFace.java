package io.agents.registry.core.internal;

import io.agents.registry.api.CallStatistics;
import io.agents.registry.api.ComparisonReport;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.api.SwapReport;
import java.util.List;
import org.osgi.framework.Bundle;

/** The registry as whoever runs it sees it. */
class RegistryAdminFace extends AgentRegistryFace implements RegistryAdmin {

  private final RegistryCore core;

  RegistryAdminFace(RegistryCore core, Bundle bundle) {
    super(core, new Caller(bundle, true));
    this.core = core;
  }

  @Override
  public RegistryStatus status() {
    return core.status();
  }

  @Override
  public List<SwapReport> swaps() {
    return core.swaps();
  }

  @Override
  public MirrorStatus mirror() {
    return core.mirror();
  }

  @Override
  public boolean exchangeWithMirror(String implementation) {
    InputChecks.requireNotNull("the name of the implementation", implementation);
    return core.backends().exchangeNow(implementation);
  }

  @Override
  public ComparisonReport comparison() {
    return core.comparison();
  }

  @Override
  public CallStatistics calls() {
    return core.calls();
  }
}

package io.agents.reliability;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.MirrorStatus;
import io.agents.registry.api.SwapReport;
import io.agents.registry.ets.internal.EtsBackend;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.flags.Rollout;
import io.agents.registry.flags.RolloutStage;
import io.agents.registry.spi.RegistryBackend;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** A registry with a rollout, whose backend {@code ets} can be told to misbehave. */
final class RolloutScene implements AutoCloseable {

  private final RegistryFramework felix;
  private final MisbehavingEts ets;
  private final Bundle owner;

  RolloutScene(Map<String, Object> settings) throws Exception {
    this(settings, List.of());
  }

  /** With more bundles. */
  RolloutScene(Map<String, Object> settings, List<String> more) throws Exception {
    felix = RegistryFramework.startWith(more);
    configure(Rollout.PID, settings);
    // One backend of this name alone, or the registry may choose the other one.
    felix.bundle("registry.ets").stop();
    ets = new MisbehavingEts(new EtsBackend(felix.context(), Map.of()));
    owner = felix.owners().newBundle();
    felix
        .owners()
        .newBundle()
        .getBundleContext()
        .registerService(
            RegistryBackend.class,
            ets,
            FrameworkUtil.asDictionary(
                Map.of(RegistryBackend.IMPLEMENTATION, RegistryBackend.ETS)));
    felix.service(BackendSelection.class).awaitSettled(RegistryFramework.PATIENCE);
  }

  RegistryFramework felix() {
    return felix;
  }

  MisbehavingEts ets() {
    return ets;
  }

  Rollout rollout() {
    return felix.service(Rollout.class);
  }

  AgentRegistry registry() {
    return felix.registry(owner);
  }

  ServiceReference<?> newService() {
    return felix.owners().newService(owner);
  }

  /** Adds keys to a configuration. */
  void configure(String pid, Map<String, Object> values) throws IOException {
    var configuration = felix.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
    Map<String, Object> all = new HashMap<>();
    if (configuration.getProperties() != null) {
      all.putAll(FrameworkUtil.asMap(configuration.getProperties()));
    }
    all.putAll(values);
    configuration.update(FrameworkUtil.asDictionary(all));
  }

  /** Goes to the next stage as soon as it is ready, and waits until the registry is there. */
  void next(Optional<Double> percent) {
    RegistryFramework.await(() -> "readiness; against it is " + rollout().check().against())
        .until(() -> rollout().check().isReady());
    rollout().next(percent, false, "the next stage");
    awaitInStep();
  }

  /** Goes to a stage whatever is against it. */
  void force(RolloutStage stage) {
    while (rollout().status().stage().isBefore(stage)) {
      rollout().next(Optional.empty(), true, "a test of stage " + stage);
    }
  }

  /** Waits until the implementation and the mirror of the stage are in place. */
  void awaitInStep() {
    RegistryFramework.await(() -> rollout().status() + "; " + felix.admin().status())
        .until(
            () -> {
              var status = rollout().status();
              MirrorStatus mirror = felix.admin().mirror();
              return status.active().equals(status.wanted())
                  && !felix.admin().status().swapUnderWay()
                  && (status.mirror().isEmpty()
                      ? mirror.state() == MirrorStatus.State.NONE
                      : mirror.state() == MirrorStatus.State.IN_STEP);
            });
  }

  SwapReport lastSwap() {
    return felix.admin().status().lastSwap().orElseThrow();
  }

  @Override
  public void close() throws IOException, BundleException {
    ets.release();
    felix.close();
  }
}

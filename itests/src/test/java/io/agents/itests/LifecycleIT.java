package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryStatus;
import io.agents.registry.flags.BackendSelection;
import io.agents.registry.spi.Inheritance;
import io.agents.registry.spi.RegistryBackend;
import io.agents.registry.testkit.reliability.Traffic;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;

/**
 * The bundle of the active implementation goes while the registry is used; no call fails and
 * nothing is lost.
 */
public class LifecycleIT extends RegistryContainer {

  @Configuration
  public Option[] felixWithTheWholeRegistry() {
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags()
    };
  }

  @Before
  public void aMissingImplementationIsWarnedOf() {
    warnings.allow("is wanted and not there");
  }

  /**
   * R11: the bundle of the active implementation stops; the other one takes over; it comes back
   * when it starts.
   */
  @Test
  public void stoppingTheActiveImplementation() throws Exception {
    for (String active : new String[] {RegistryBackend.ETS, RegistryBackend.LEGACY}) {
      String other =
          active.equals(RegistryBackend.ETS) ? RegistryBackend.LEGACY : RegistryBackend.ETS;
      switchTo(active);
      try (Traffic traffic = new Traffic(registry, owners.service(), Traffic.Load.of(2, 2))) {
        traffic.awaitCalls(2_000);
        backendBundle(active).stop();
        awaitImplementation(other);
        assertThat(service(BackendSelection.class).status().awaited())
            .as("what is awaited")
            .hasValueSatisfying(awaited -> assertThat(awaited).contains(active));
        traffic.awaitCalls(2_000);
        backendBundle(active).start();
        awaitImplementation(active);
        traffic.awaitCalls(2_000);
        traffic.stopAndCheck();
      }
    }
  }

  /** R11: an update and a refresh of the active implementation, whose successor starts empty. */
  @Test
  public void updatingAndRefreshingTheActiveImplementation() throws Exception {
    for (String active : new String[] {RegistryBackend.ETS, RegistryBackend.LEGACY}) {
      switchTo(active);
      try (Traffic traffic = new Traffic(registry, owners.service(), Traffic.Load.of(2, 2))) {
        traffic.awaitCalls(2_000);
        for (int i = 0; i < 5; i++) {
          backendBundle(active).update();
          awaitImplementation(active);
          traffic.awaitCalls(500);
          refresh(backendBundle(active));
          awaitImplementation(active);
          traffic.awaitCalls(500);
        }
        traffic.stopAndCheck();
      }
    }
  }

  /** R11: the active implementation is uninstalled. */
  @Test
  public void uninstallingTheActiveImplementation() throws Exception {
    switchTo(RegistryBackend.ETS);
    try (Traffic traffic = new Traffic(registry, owners.service(), Traffic.Load.of(2, 2))) {
      traffic.awaitCalls(2_000);
      Bundle ets = backendBundle(RegistryBackend.ETS);
      String location = ets.getLocation();
      ets.uninstall();
      awaitImplementation(RegistryBackend.LEGACY);
      traffic.awaitCalls(2_000);
      reinstall(location);
      awaitImplementation(RegistryBackend.ETS);
      traffic.stopAndCheck();
    }
  }

  /** R12: with both gone the registry answers and accepts; the first to return gets everything. */
  @Test
  public void bothImplementationsGone() throws Exception {
    switchTo(RegistryBackend.ETS);
    registry.register("before", owners.service(), Map.of("capability", "x"));
    try (Traffic traffic = new Traffic(registry, owners.service(), Traffic.Load.of(2, 2))) {
      traffic.awaitCalls(1_000);
      backendBundle(RegistryBackend.LEGACY).stop();
      backendBundle(RegistryBackend.ETS).stop();
      awaitImplementation(RegistryStatus.NO_IMPLEMENTATION);
      RegistryStatus status = admin.status();
      assertThat(status.isHealthy()).as(status.toString()).isFalse();
      assertThat(status.available()).isEmpty();
      assertThat(status.awaited()).isPresent();
      registry.register("between", owners.service(), Map.of("capability", "x"));
      assertThat(registry.findByAttribute("capability", "x")).hasSize(2);
      traffic.awaitCalls(1_000);

      backendBundle(RegistryBackend.LEGACY).start();
      awaitImplementation(RegistryBackend.LEGACY);
      assertThat(registry.findByAttribute("capability", "x")).hasSize(2);
      traffic.awaitCalls(1_000);
      backendBundle(RegistryBackend.ETS).start();
      awaitImplementation(RegistryBackend.ETS);
      assertThat(registry.findByAttribute("capability", "x")).hasSize(2);
      traffic.stopAndCheck();
    }
  }

  /** R18: what the core leaves waits at the bundle of the API, and its successor has it. */
  @Test
  public void updatingTheCore() throws Exception {
    switchTo(RegistryBackend.ETS);
    Bundle owner = owners.bundle();
    Agent agent =
        registry
            .register("lives", owners.service(), Map.of("capability", "x"))
            .agent()
            .orElseThrow();
    registry.register("dies", Owners.service(owner), Map.of());
    Bundle core = bundle("io.agents.registry.core");
    core.stop();
    assertThat(context.getServiceReference(Inheritance.class).getBundle().getSymbolicName())
        .isEqualTo("io.agents.registry.api");
    owner.stop();
    core.start();
    assertThat(service(AgentRegistry.class).agents()).containsExactly(agent);
    for (int i = 0; i < 3; i++) {
      core.update();
      refresh(core);
      assertThat(service(AgentRegistry.class).agents()).containsExactly(agent);
    }
    assertThat(context.getServiceReference(Inheritance.class)).as("what was left").isNull();
    service(AgentRegistry.class).unregister("lives");
    assertThat(service(AgentRegistry.class).agents()).isEmpty();
  }

  /** F1: without the flags the registry goes on as last configured. */
  @Test
  public void stoppingTheFlags() throws Exception {
    switchTo(RegistryBackend.ETS);
    registry.register("agent", owners.service(), Map.of());
    bundle("io.agents.registry.flags").stop();
    assertThat(registry.lookup("agent")).isPresent();
    assertThat(admin.status().implementation()).isEqualTo(RegistryBackend.ETS);
    configure("io.agents.registry.core", "backend.target", "(registry.implementation=legacy)");
    awaitImplementation(RegistryBackend.LEGACY);
    assertThat(registry.lookup("agent")).isPresent();
  }

  /** R7: an application bundle that is updated leaves nothing behind and may register again. */
  @Test
  public void theOwnersBundleIsUninstalled() throws Exception {
    switchTo(RegistryBackend.ETS);
    Bundle owner = owners.bundle();
    registry.register("agent", Owners.service(owner), Map.of());
    owner.uninstall();
    assertThat(registry.lookup("agent")).isEmpty();
    registry.register("agent", owners.service(), Map.of());
    assertThat(registry.lookup("agent")).isPresent();
  }
}

package io.agents.registry.core.internal;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.testkit.FakeOwners;
import io.agents.registry.testkit.OwnerControl;
import io.agents.registry.testkit.RegistryUnderTest;
import org.osgi.framework.Bundle;

/** A whole registry without a framework, with its own store or any backend behind it. */
final class CoreUnderTest implements RegistryUnderTest {

  private final RegistryCore core = new RegistryCore(Settings.DEFAULT);
  private final FakeOwners owners;
  private final boolean monitorsOwners;
  private final Bundle admin;

  /** With the registry's own store. */
  CoreUnderTest() {
    this(new FakeOwners(), false);
  }

  CoreUnderTest(FakeOwners owners, boolean monitorsOwners) {
    this.owners = owners;
    this.monitorsOwners = monitorsOwners;
    this.admin = owners.newBundle();
  }

  RegistryCore core() {
    return core;
  }

  @Override
  public AgentRegistry registry(Bundle caller) {
    return core.registryFor(caller);
  }

  @Override
  public RegistryAdmin admin() {
    return core.adminFor(admin);
  }

  @Override
  public OwnerControl owners() {
    return owners;
  }

  @Override
  public boolean monitorsOwners() {
    return monitorsOwners;
  }

  @Override
  public Runnable listen(RegistryListener listener, String filter) {
    Object key = new Object();
    core.listeners().add(key, "a test", listener, filter.isEmpty() ? null : filter);
    return () -> core.listeners().remove(key);
  }

  @Override
  public void close() {
    core.close();
  }
}

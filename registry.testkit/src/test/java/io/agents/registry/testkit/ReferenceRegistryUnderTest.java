package io.agents.registry.testkit;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.RegistryAdmin;
import io.agents.registry.api.RegistryListener;
import org.osgi.framework.Bundle;

/** The reference registry, or a broken variant of it, with owners that need no framework. */
record ReferenceRegistryUnderTest(ReferenceRegistry reference, FakeOwners owners)
    implements RegistryUnderTest {

  ReferenceRegistryUnderTest(ReferenceRegistry reference) {
    this(reference, new FakeOwners(reference.backend::serviceGoing));
  }

  @Override
  public AgentRegistry registry(Bundle caller) {
    return new ReferenceFace(reference, caller);
  }

  @Override
  public RegistryAdmin admin() {
    return new ReferenceFace(reference, null);
  }

  @Override
  public boolean monitorsOwners() {
    return reference.backend.monitors;
  }

  @Override
  public Runnable listen(RegistryListener listener, String filter) {
    synchronized (reference.lock) {
      return reference.listeners.add(listener, filter, BackendReads.all(reference.backend));
    }
  }

  @Override
  public void close() {
    reference.listeners.close();
  }
}

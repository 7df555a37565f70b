package io.agents.registry.testkit;

import io.agents.registry.spi.RegistryBackend;

/** The reference backend, or a broken variant of it, with owners that need no framework. */
record ReferenceBackendUnderTest(ReferenceBackend reference, FakeOwners owners)
    implements BackendUnderTest {

  ReferenceBackendUnderTest(ReferenceBackend reference) {
    this(reference, new FakeOwners(reference::serviceGoing));
  }

  @Override
  public RegistryBackend backend() {
    return reference;
  }

  @Override
  public boolean monitorsOwners() {
    return reference.monitors;
  }

  @Override
  public void deactivate() {
    reference.deactivate();
  }

  @Override
  public void close() {
    reference.clear();
  }
}

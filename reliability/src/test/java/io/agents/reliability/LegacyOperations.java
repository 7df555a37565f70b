package io.agents.reliability;

import io.agents.registry.legacy.internal.LegacyBackend;
import io.agents.registry.testkit.FakeOwners;

/** The backend {@code legacy}, which does not look at owners. */
public class LegacyOperations extends BackendOperations {

  /** Opens a backend. */
  public LegacyOperations() {
    super(new FakeOwners());
    open(new LegacyBackend());
  }
}

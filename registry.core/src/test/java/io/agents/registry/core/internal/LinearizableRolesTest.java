package io.agents.registry.core.internal;

import static io.agents.registry.core.internal.Linearizability.check;
import static io.agents.registry.core.internal.Linearizability.modelChecking;
import static io.agents.registry.core.internal.Linearizability.stress;

import io.agents.registry.testkit.reliability.Effort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While the backends exchange their roles, the active one and its mirror, every history is one that
 * calls one after the other could have too (R15.2, R15.3). A class of its own, so that it runs
 * beside the other half.
 */
@Tag("lincheck")
class LinearizableRolesTest {

  @Test
  void withInterleavingsThatAreChosen() {
    check(
        "model checking of roles that change",
        modelChecking(),
        Effort.rounds(16, 100),
        Effort.rounds(100, 1_000),
        MirroredRegistry.class);
  }

  @Test
  void withInterleavingsAsTheyCome() {
    check(
        "stress of roles that change",
        stress(),
        Effort.rounds(20, 100),
        Effort.rounds(2_000, 10_000),
        MirroredRegistry.class);
  }
}

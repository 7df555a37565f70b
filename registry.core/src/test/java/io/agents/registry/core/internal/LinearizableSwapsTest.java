package io.agents.registry.core.internal;

import static io.agents.registry.core.internal.Linearizability.check;
import static io.agents.registry.core.internal.Linearizability.modelChecking;
import static io.agents.registry.core.internal.Linearizability.stress;

import io.agents.registry.testkit.reliability.Effort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every history of concurrent calls is one that calls one after the other could have (R1.13, R3.6,
 * R3.7, R4.3, C2, C5), and the swap of the backend is not seen at all (R11.2, R11.3).
 */
@Tag("lincheck")
class LinearizableSwapsTest {

  @Test
  void withInterleavingsThatAreChosen() {
    check(
        "model checking",
        modelChecking(),
        Effort.rounds(25, 100),
        Effort.rounds(400, 1_000),
        SwappedRegistry.class);
  }

  @Test
  void withInterleavingsAsTheyCome() {
    check(
        "stress",
        stress(),
        Effort.rounds(30, 100),
        Effort.rounds(3_000, 10_000),
        SwappedRegistry.class);
  }
}

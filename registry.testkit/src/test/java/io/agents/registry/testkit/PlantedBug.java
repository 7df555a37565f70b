package io.agents.registry.testkit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Something that is broken on purpose.
 *
 * @param rule the rule that it breaks, whose checks have to notice
 * @param bug what is wrong
 * @param factory makes the broken thing
 * @param <C> what kind of thing
 */
record PlantedBug<C extends RuleCheck.Tested>(String rule, String bug, Supplier<C> factory) {

  static PlantedBug<BackendUnderTest> inBackend(
      String rule, String bug, Supplier<ReferenceBackend> backend) {
    return new PlantedBug<>(rule, bug, () -> new ReferenceBackendUnderTest(backend.get()));
  }

  static PlantedBug<RegistryUnderTest> inRegistry(
      String rule, String bug, Supplier<ReferenceRegistry> registry) {
    return new PlantedBug<>(rule, bug, () -> new ReferenceRegistryUnderTest(registry.get()));
  }

  /**
   * Lets other threads run, between the two halves of what a bug has torn apart: on one busy
   * processor they would hardly ever meet there.
   */
  static void letOthersIn() {
    LockSupport.parkNanos(1);
  }
}

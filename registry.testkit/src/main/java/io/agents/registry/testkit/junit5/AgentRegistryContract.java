package io.agents.registry.testkit.junit5;

import io.agents.registry.testkit.AgentRegistryRules;
import io.agents.registry.testkit.RegistryUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What consumers rely on as a suite, a test a rule, against a whole registry with a backend behind
 * it. To be extended once for each backend, as {@link RegistryBackendContract} is.
 */
public abstract class AgentRegistryContract {

  /** For subclasses. */
  protected AgentRegistryContract() {}

  /**
   * Whether the backend behind the registry monitors owners.
   *
   * @return the same as {@link RegistryUnderTest#monitorsOwners}
   */
  protected abstract boolean monitorsOwners();

  /**
   * Makes a registry.
   *
   * @return a registry without agents; closed after the test
   */
  protected abstract RegistryUnderTest create();

  /**
   * The tests.
   *
   * @return a test for each check, each with a registry of its own
   */
  @TestFactory
  Stream<DynamicTest> rules() {
    return AgentRegistryRules.all(monitorsOwners()).stream()
        .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.run(this::create)));
  }
}

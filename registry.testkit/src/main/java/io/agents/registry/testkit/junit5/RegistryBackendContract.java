package io.agents.registry.testkit.junit5;

import io.agents.registry.testkit.BackendUnderTest;
import io.agents.registry.testkit.RegistryBackendRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of a backend as a suite, a test a rule. To be extended in the tests of a backend:
 *
 * <pre>{@code
 * class MyBackendContractTest extends RegistryBackendContract {
 *   @Override
 *   protected boolean monitorsOwners() {
 *     return false;
 *   }
 *
 *   @Override
 *   protected BackendUnderTest create() {
 *     return new MyBackendUnderTest();
 *   }
 * }
 * }</pre>
 *
 * <p>A backend that watches service events needs a framework: {@link
 * io.agents.registry.testkit.FelixFixture}.
 */
public abstract class RegistryBackendContract {

  /** For subclasses. */
  protected RegistryBackendContract() {}

  /**
   * Whether the backend monitors owners.
   *
   * @return the same as {@link BackendUnderTest#monitorsOwners}
   */
  protected abstract boolean monitorsOwners();

  /**
   * Makes a backend.
   *
   * @return a new, empty backend; closed after the test
   */
  protected abstract BackendUnderTest create();

  /**
   * The tests.
   *
   * @return a test for each check, each with a backend of its own
   */
  @TestFactory
  Stream<DynamicTest> rules() {
    return RegistryBackendRules.all(monitorsOwners()).stream()
        .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.run(this::create)));
  }
}

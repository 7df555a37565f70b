package io.agents.registry.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules B1 to B5 of {@code docs/semantics.md}, which every backend has to keep, as checks that
 * any test runner can run. With JUnit 5 extend {@link
 * io.agents.registry.testkit.junit5.RegistryBackendContract}.
 */
public final class RegistryBackendRules {

  private static final long SEED = 42;
  private static final int STEPS = 2_000;

  private RegistryBackendRules() {}

  /**
   * The checks for a kind of backend.
   *
   * @param monitorsOwners whether the backend monitors owners: other rules hold for such
   * @return the checks, in the order of the rules; each needs a new backend
   */
  public static List<RuleCheck<BackendUnderTest>> all(boolean monitorsOwners) {
    List<RuleCheck<BackendUnderTest>> checks = new ArrayList<>();
    checks.addAll(BackendWriteRules.all());
    checks.addAll(BackendReadRules.all());
    checks.addAll(BackendIndexRules.all());
    if (monitorsOwners) {
      checks.addAll(BackendOwnerRules.all());
      checks.addAll(BackendRemovalRules.all());
      checks.addAll(BackendMonitoringRules.all());
    } else {
      checks.addAll(BackendNoMonitoringRules.all());
    }
    checks.addAll(BackendThreadRules.all());
    checks.addAll(BackendVisibilityRules.all());
    checks.add(
        new RuleCheck<>(
            "B5.8",
            "random steps leave the backend and a plain map equal",
            RegistryBackendRules::followsModel));
    return List.copyOf(checks);
  }

  private static void followsModel(BackendUnderTest tested) {
    new BackendModelCheck(tested.backend(), tested.owners(), SEED).run(STEPS);
  }
}

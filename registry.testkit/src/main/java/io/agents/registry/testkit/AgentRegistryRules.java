package io.agents.registry.testkit;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of {@code docs/semantics.md} that consumers of a registry rely on, with one backend
 * behind it: R1 to R8, R10, R13, R14 and C, as checks that any test runner can run, also inside a
 * container ({@link RuleCheck#runAll}). With JUnit 5 extend {@link
 * io.agents.registry.testkit.junit5.AgentRegistryContract}.
 */
public final class AgentRegistryRules {

  private AgentRegistryRules() {}

  /**
   * The checks for a kind of backend.
   *
   * @param monitorsOwners whether the backend behind the registry monitors owners: other rules hold
   *     then
   * @return the checks, in the order of the rules; each needs a registry without agents
   */
  public static List<RuleCheck<RegistryUnderTest>> all(boolean monitorsOwners) {
    return Stream.of(
            RegistrationRules.all(),
            RegisterManyRules.all(),
            LookupRules.all(),
            UpdateRules.all(),
            HandleRules.all(),
            MetadataRules.all(),
            RegistryQueryRules.all(),
            OwnerRules.all(monitorsOwners),
            IsolationRules.all(),
            EventRules.all(monitorsOwners),
            ListenerRules.all(),
            InputAndStatusRules.all(),
            ConcurrencyRules.all())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The checks of R9, agents from the service registry: for registries that watch the services of
   * {@link RegistryUnderTest#owners}, in a real framework.
   *
   * @return the checks, in the order of the rules; each needs a registry without agents
   */
  public static List<RuleCheck<RegistryUnderTest>> ofServiceRegistry() {
    return ServiceRegistryRules.all();
  }
}

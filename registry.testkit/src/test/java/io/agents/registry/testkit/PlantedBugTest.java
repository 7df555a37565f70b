package io.agents.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checks can fail: each of them notices at least one thing that is broken on purpose. */
@DisplayName("Planted bugs are found by the checks of the rule that they break")
class PlantedBugTest {

  /**
   * How often the checks of a rule may pass on something broken: threads do not meet in every run.
   */
  private static final int ATTEMPTS = 25;

  static Stream<PlantedBug<BackendUnderTest>> backendBugs() {
    return Stream.of(
            PlantedWriteBugs.all(),
            PlantedReadBugs.all(),
            PlantedIndexBugs.all(),
            PlantedOwnerBugs.all(),
            PlantedThreadBugs.all())
        .flatMap(List::stream);
  }

  @TestFactory
  Stream<DynamicTest> brokenBackendsAreFound() {
    return backendBugs()
        .map(bug -> dynamicTest(bug.rule() + " " + bug.bug(), () -> assertFound(bug, checks(bug))));
  }

  @TestFactory
  Stream<DynamicTest> brokenRegistriesAreFound() {
    return PlantedRegistryBugs.all().stream()
        .map(
            bug ->
                dynamicTest(
                    bug.rule() + " " + bug.bug(),
                    () -> {
                      try (RegistryUnderTest broken = bug.factory().get()) {
                        assertFound(bug, AgentRegistryRules.all(broken.monitorsOwners()));
                      }
                    }));
  }

  private static List<RuleCheck<BackendUnderTest>> checks(PlantedBug<BackendUnderTest> bug) {
    try (BackendUnderTest broken = bug.factory().get()) {
      return RegistryBackendRules.all(broken.monitorsOwners());
    }
  }

  private static <C extends RuleCheck.Tested> void assertFound(
      PlantedBug<C> bug, List<RuleCheck<C>> checks) {
    List<RuleCheck<C>> ofRule =
        checks.stream().filter(check -> check.rule().equals(bug.rule())).toList();
    assertThat(ofRule).as("checks of %s", bug.rule()).isNotEmpty();
    boolean found =
        Stream.iterate(0, attempt -> attempt < ATTEMPTS, attempt -> attempt + 1)
            .flatMap(attempt -> ofRule.stream())
            .anyMatch(check -> fails(check, bug));
    assertThat(found).as("a check of %s fails if %s", bug.rule(), bug.bug()).isTrue();
  }

  private static <C extends RuleCheck.Tested> boolean fails(RuleCheck<C> check, PlantedBug<C> bug) {
    try {
      check.run(bug.factory());
      return false;
    } catch (AssertionError e) {
      assertThat(e).hasMessageStartingWith(bug.rule() + " ");
      return true;
    }
  }

  @Test
  @DisplayName("every rule of the backend suite but the simplest has a bug planted")
  void everyRuleHasABug() {
    List<String> simplest =
        List.of("B1.2", "B1.4", "B1.6", "B1.7", "B2.3", "B2.9", "B3.1", "B4.15");
    List<String> planted = backendBugs().map(PlantedBug::rule).distinct().toList();
    List<String> rules =
        Stream.of(true, false)
            .flatMap(monitors -> RegistryBackendRules.all(monitors).stream())
            .map(RuleCheck::rule)
            .distinct()
            .filter(rule -> !simplest.contains(rule))
            .toList();
    assertThat(planted).containsExactlyInAnyOrderElementsOf(rules);
  }

  @Test
  @DisplayName("runAll names every broken rule and keeps the failures")
  void runAllReports() {
    ReferenceBackendUnderTest broken =
        new ReferenceBackendUnderTest(
            new ReferenceBackend(true) {
              @Override
              public int size() {
                return 99;
              }
            });
    Throwable thrown =
        catchRunAll(
            RegistryBackendRules.all(true).stream()
                .filter(c -> c.rule().startsWith("B1.") || c.rule().equals("B2.1"))
                .toList(),
            broken);
    assertThat(thrown)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("B1.1 ", "B1.2 ", "of 12 checks failed")
        .hasMessageNotContaining("B2.1");
    assertThat(thrown.getSuppressed()).hasSizeGreaterThan(5).allMatch(Objects::nonNull);
  }

  private static Throwable catchRunAll(
      List<RuleCheck<BackendUnderTest>> checks, BackendUnderTest broken) {
    try {
      RuleCheck.runAll(checks, () -> broken);
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }
}

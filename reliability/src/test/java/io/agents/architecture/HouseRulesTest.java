package io.agents.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of all modules keeps the {@link HouseRules}, and each rule finds who breaks it. */
class HouseRulesTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.agents");

  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("io.agents.architecture.planted");

  /** A rule, and a part of what it says of the class that is planted for it. */
  record Planted(ArchRule rule, String says) {
    @Override
    public String toString() {
      return rule.getDescription();
    }
  }

  static Stream<Planted> rules() {
    return Stream.of(
        new Planted(
            HouseRules.internalPackagesAreUsedFromTheirModuleAlone(),
            "registry.api.KnowsTheCore.core()> has return type"),
        new Planted(
            HouseRules.theLogicOfCommandsDoesNotKnowTheShell(),
            "org.apache.felix.service.command.CommandSession"),
        new Planted(
            HouseRules.nothingStaticCanBeChanged(), "Counter.COUNTS holds a java.util.HashMap"),
        new Planted(HouseRules.nothingStaticCanBeChanged(), "Counter.ALL holds a"),
        new Planted(
            HouseRules.nothingStaticCanBeChanged(), "Counter.latest> does not have modifier FINAL"),
        new Planted(HouseRules.nothingIsBoundToAThread(), "java.lang.ThreadLocal"),
        new Planted(HouseRules.nobodySleeps(), "java.lang.Thread.sleep(long)"),
        new Planted(HouseRules.exportedPackagesSaySoAndHaveAVersion(), "KnowsTheCore"),
        new Planted(HouseRules.exportedInterfacesSayWhoImplementsThem(), "KnowsTheCore"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ourCodeKeepsTheRule(Planted planted) {
    planted.rule().check(OURS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theRuleFindsWhoBreaksIt(Planted planted) {
    assertThatThrownBy(() -> planted.rule().check(PLANTED))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(planted.says());
  }

  @TestFactory
  Stream<DynamicTest> everyModuleUsesOnlyWhatItMay() {
    return HouseRules.whoMayUseWhom().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(OURS)));
  }

  @Test
  void theApiMustNotUseTheCore() {
    assertThatThrownBy(
            () ->
                HouseRules.whoMayUseWhom()
                    .forEach(rule -> rule.allowEmptyShould(true).check(PLANTED)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("registry.api uses nothing of ours but []");
  }

  @Test
  void allModulesAreLookedAt() {
    Set<String> modules = new TreeSet<>();
    for (JavaClass type : OURS) {
      modules.add(type.getPackageName().replaceAll("^io\\.agents\\.(\\w+\\.\\w+).*", "$1"));
    }
    assertThat(modules)
        .containsExactlyInAnyOrder(
            "distribution.runner",
            "examples.fleet",
            "registry.api",
            "registry.core",
            "registry.ets",
            "registry.flags",
            "registry.legacy",
            "registry.shell",
            "registry.spi",
            "registry.testkit");
  }
}

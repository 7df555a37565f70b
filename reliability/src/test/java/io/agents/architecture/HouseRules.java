package io.agents.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.annotation.versioning.Version;

/** The rules that the code of all modules keeps, whatever it does. */
final class HouseRules {

  private static final String API = "registry.api";
  private static final String SPI = "registry.spi";
  private static final String FLAGS = "registry.flags";

  /** Which modules each one may use; whatever is not there, it may not. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry(API, List.of()),
          entry(SPI, List.of(API)),
          entry("registry.core", List.of(API, SPI)),
          entry("registry.legacy", List.of(API, SPI)),
          entry("registry.ets", List.of(API, SPI)),
          entry(FLAGS, List.of(API, SPI)),
          entry("registry.shell", List.of(API, SPI, FLAGS)),
          entry("registry.testkit", List.of(API, SPI)),
          entry("examples.fleet", List.of(API)),
          entry("distribution.runner", List.of()));

  private HouseRules() {}

  /** A rule for each module: the API knows nobody, and nobody knows an implementation. */
  static List<ArchRule> whoMayUseWhom() {
    List<ArchRule> rules = new ArrayList<>();
    MAY_USE.forEach(
        (module, allowed) -> {
          String[] others =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(module) && !allowed.contains(other))
                  .map(HouseRules::packages)
                  .toArray(String[]::new);
          rules.add(
              noClasses()
                  .that()
                  .resideInAPackage(packages(module))
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(others)
                  .as(module + " uses nothing of ours but " + allowed));
        });
    return rules;
  }

  static ArchRule internalPackagesAreUsedFromTheirModuleAlone() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("not use internal packages of another module") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                  String used = use.getTargetClass().getPackageName();
                  int internal = (used + ".").indexOf(".internal.");
                  if (used.startsWith("io.agents.")
                      && internal > 0
                      && !(type.getPackageName() + ".")
                          .startsWith(used.substring(0, internal) + ".")) {
                    events.add(SimpleConditionEvent.violated(use, use.getDescription()));
                  }
                }
              }
            });
  }

  /**
   * What commands print is made without knowing the shell, so that a person may test and read it.
   */
  static ArchRule theLogicOfCommandsDoesNotKnowTheShell() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            "..registry.shell.internal.command..",
            "..registry.shell.internal.logic..",
            "..registry.shell.internal.text..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..registry.shell.internal.gogo..", "org.apache.felix..", "org.apache.karaf..");
  }

  static ArchRule nothingStaticCanBeChanged() {
    return fields()
        .that()
        .areStatic()
        .and(describe("are written by us", field -> !isSynthetic(field)))
        .should()
        .beFinal()
        .andShould(
            new ArchCondition<JavaField>("hold a value that can't be changed") {
              @Override
              public void check(JavaField field, ConditionEvents events) {
                if (field.getModifiers().contains(JavaModifier.FINAL)) {
                  ImmutableValues.whyNot(field.reflect())
                      .ifPresent(
                          why ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      field, field.getFullName() + " holds " + why)));
                }
              }
            });
  }

  static ArchRule nothingIsBoundToAThread() {
    return noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
  }

  /** But for the watchdog of the runner, which has nothing to wait for but the time. */
  static ArchRule nobodySleeps() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.agents.distribution.runner.internal.CommandLine")
        .should()
        .callMethodWhere(
            describe(
                "it sleeps",
                call ->
                    call.getTarget().getName().equals("sleep")
                        && (call.getTargetOwner().isEquivalentTo(Thread.class)
                            || call.getTargetOwner().isEquivalentTo(TimeUnit.class))));
  }

  static ArchRule exportedPackagesSaySoAndHaveAVersion() {
    return classes()
        .that(areExported())
        .should(
            be(
                describe(
                    "in a package with @Export and @Version",
                    type ->
                        type.getPackage().isAnnotatedWith(Export.class)
                            && type.getPackage().isAnnotatedWith(Version.class))));
  }

  static ArchRule exportedInterfacesSayWhoImplementsThem() {
    return classes()
        .that(areExported())
        .and()
        .areInterfaces()
        .and()
        .areNotAnnotations()
        .and()
        .areTopLevelClasses()
        .should()
        .beAnnotatedWith(ProviderType.class)
        .orShould()
        .beAnnotatedWith(ConsumerType.class);
  }

  private static DescribedPredicate<JavaClass> areExported() {
    return describe(
        "are public and not internal",
        type ->
            type.getModifiers().contains(JavaModifier.PUBLIC)
                && !(type.getPackageName() + ".").contains(".internal."));
  }

  private static boolean isSynthetic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  private static String packages(String module) {
    return ".." + module + "..";
  }
}

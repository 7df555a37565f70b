package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.agents.registry.api.Agent;
import io.agents.registry.api.RegistryListener;
import io.agents.registry.spi.RegistryBackend;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/**
 * No framework is called, and no listener, in a locked region (R10.9): neither by the classes that
 * run there, nor by what they call.
 */
class LockedRegionsTest {

  /**
   * The classes whose code runs with write locks held, wholly or in part. That of the others never
   * does.
   */
  private static final List<Class<?>> LOCKED =
      List.of(
          LockedWrites.class,
          Holders.class,
          NewAgent.class,
          HandOver.class,
          Mirror.class,
          Filling.class,
          Tally.class,
          Verified.class,
          WriteTimes.class,
          Watches.class,
          CallMeter.class,
          OwnerRemoval.class,
          Changes.class,
          Change.class,
          IdWatch.class,
          EventHub.class,
          Mailbox.class,
          Quotas.class,
          Routing.class,
          Route.class,
          WriteLocks.class,
          PlainStore.class);

  /** What these classes call when they have let go of the locks. */
  private static final Set<String> WITHOUT_LOCKS = Set.of("freed", "unlocked");

  private static final JavaClasses CLASSES = imported();

  @Test
  void noFrameworkIsCalledThere() {
    CallPaths paths =
        new CallPaths(CLASSES, LockedRegionsTest::isFramework, LockedRegionsTest::isLeft);
    assertThat(paths.from(LOCKED)).as("calls of the framework in locked regions").isEmpty();
    assertThat(paths.size()).as("methods looked at").isGreaterThan(100);
  }

  @Test
  void noListenerIsCalledThere() {
    CallPaths paths =
        new CallPaths(CLASSES, LockedRegionsTest::isListener, LockedRegionsTest::isLeft);
    assertThat(paths.from(LOCKED)).as("calls of listeners in locked regions").isEmpty();
  }

  @Test
  void theSearchFindsWhatIsThere() {
    assertThat(
            new CallPaths(CLASSES, LockedRegionsTest::isFramework, any -> false)
                .from(List.of(Writes.class)))
        .as("what writes ask before they take a lock")
        .anyMatch(path -> path.endsWith("ServiceReference.getBundle()"));
    assertThat(
            new CallPaths(CLASSES, LockedRegionsTest::isListener, any -> false)
                .from(List.of(Delivery.class)))
        .anyMatch(
            path ->
                path.endsWith("RegistryListener.changed(io.agents.registry.api.RegistryEvent)"));
  }

  /** The id of a bundle never changes, and is asked of nobody. */
  private static boolean isFramework(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean idOfBundle =
        owner.equals(Bundle.class.getName()) && access.getTarget().getName().equals("getBundleId");
    return owner.startsWith("org.osgi.") && !idOfBundle;
  }

  private static boolean isListener(JavaAccess<?> access) {
    return access.getTargetOwner().isAssignableTo(RegistryListener.class);
  }

  /** Backends have rules of their own. */
  private static boolean isLeft(JavaCodeUnit unit) {
    boolean withoutLocks =
        WITHOUT_LOCKS.contains(unit.getName())
            && (unit.getOwner().isEquivalentTo(Changes.class)
                || unit.getOwner().isEquivalentTo(IdWatch.class));
    return withoutLocks || unit.getOwner().isEquivalentTo(RegistryBackend.class);
  }

  /** Each class as it is loaded, should the class path have it twice. */
  private static JavaClasses imported() {
    Set<URL> all =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(RegistryCore.class.getPackageName(), Agent.class.getPackageName())
                .stream()
                .map(type -> type.getName().replace('.', '/') + ".class")
                .map(LockedRegionsTest.class.getClassLoader()::getResource)
                .collect(Collectors.toSet());
    return new ClassFileImporter().importUrls(all);
  }
}

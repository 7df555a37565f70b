package io.agents.registry.core.internal;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds what code calls in the end: through other methods, through all implementations of a method,
 * and in the lambdas that are made on the way.
 */
final class CallPaths {

  private final JavaClasses classes;
  private final Predicate<JavaAccess<?>> wanted;
  private final Predicate<JavaCodeUnit> left;
  private final Map<JavaCodeUnit, String> paths = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param classes the classes whose code is followed
   * @param wanted the calls that are looked for
   * @param left the methods that are not looked into
   */
  CallPaths(JavaClasses classes, Predicate<JavaAccess<?>> wanted, Predicate<JavaCodeUnit> left) {
    this.classes = classes;
    this.wanted = wanted;
    this.left = left;
  }

  /** The calls that are found in these classes, or behind them, each with the way to it. */
  List<String> from(Collection<Class<?>> starts) {
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    starts.stream()
        .flatMap(start -> withNested(classes.get(start)))
        .flatMap(type -> type.getCodeUnits().stream())
        .forEach(unit -> visit(unit, name(unit), open));
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.remove();
      String path = paths.get(unit);
      accesses(unit)
          .forEach(
              access -> {
                if (wanted.test(access)) {
                  found.add(path + " -> " + access.getTarget().getFullName());
                } else {
                  targets(access).forEach(next -> visit(next, path + " -> " + name(next), open));
                }
              });
    }
    return found;
  }

  /** How many methods were looked at. */
  int size() {
    return paths.size();
  }

  private void visit(JavaCodeUnit unit, String path, Deque<JavaCodeUnit> open) {
    if (!left.test(unit) && paths.putIfAbsent(unit, path) == null) {
      open.add(unit);
    }
  }

  private Stream<JavaClass> withNested(JavaClass type) {
    return classes.stream()
        .filter(other -> other.equals(type) || other.getName().startsWith(type.getName() + "$"));
  }

  private static Stream<JavaAccess<?>> accesses(JavaCodeUnit unit) {
    return Stream.concat(
        unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream());
  }

  private Stream<JavaCodeUnit> targets(JavaAccess<?> access) {
    if (!(access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit unit)
        || !classes.contain(unit.getOwner().getName())
        || left.test(unit)) {
      return Stream.empty();
    }
    String[] parameters =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    Stream<JavaCodeUnit> overriding =
        unit.isConstructor()
            ? Stream.empty()
            : unit.getOwner().getAllSubclasses().stream()
                .flatMap(type -> type.tryGetMethod(unit.getName(), parameters).stream());
    return Stream.concat(Stream.of(unit), overriding)
        .filter(target -> classes.contain(target.getOwner().getName()));
  }

  private static String name(JavaCodeUnit unit) {
    return unit.getOwner().getSimpleName() + "." + unit.getName();
  }
}

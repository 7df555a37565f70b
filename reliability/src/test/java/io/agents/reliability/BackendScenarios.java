package io.agents.reliability;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/**
 * Scenarios of {@link BackendOperations} that each run begins with: operations that want the same
 * agent at once. By chance alone some of them come too rarely.
 */
final class BackendScenarios {

  private BackendScenarios() {}

  static Stream<ExecutionScenario> of(Class<?> type) {
    Stream<ExecutionScenario> ofWriters =
        Stream.of(
            scenario(type, call(type, "put", 1, 0), call(type, "put", 1, 1)),
            scenario(type, call(type, "replace", 0, 1), call(type, "remove", 0)),
            scenario(type, call(type, "replace", 0, 1), call(type, "lookup", 0)),
            scenario(type, call(type, "update", 0, 1), call(type, "update", 0, 1)));
    if (!has(type, "ownerGone")) {
      return ofWriters;
    }
    return Stream.concat(
        ofWriters,
        Stream.of(
            scenario(type, call(type, "put", 1, 0), call(type, "ownerGone", 1, 0)),
            scenario(type, call(type, "replace", 0, 1), call(type, "ownerGone", 0, 1)),
            scenario(type, call(type, "replace", 0, 1), call(type, "ownerGone", 0, 0)),
            scenario(type, call(type, "update", 0, 1), call(type, "ownerGone", 0, 0))));
  }

  /** With an agent of the first owner under the first id, and a look at both in the end. */
  private static ExecutionScenario scenario(Class<?> type, Actor first, Actor second) {
    return new ExecutionScenario(
        List.of(call(type, "put", 0, 0)),
        List.of(List.of(first), List.of(second)),
        List.of(call(type, "lookup", 0), call(type, "lookup", 1)),
        null);
  }

  private static boolean has(Class<?> type, String operation) {
    return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals(operation));
  }

  private static Actor call(Class<?> type, String operation, Object... arguments) {
    Method method =
        Stream.of(type.getMethods())
            .filter(candidate -> !candidate.isBridge() && candidate.getName().equals(operation))
            .findFirst()
            .orElseThrow();
    return new Actor(method, List.of(arguments));
  }
}

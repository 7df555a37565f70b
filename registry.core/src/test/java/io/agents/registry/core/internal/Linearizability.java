package io.agents.registry.core.internal;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.agents.registry.testkit.reliability.Figures;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Checks a registry with Lincheck, which runs each scenario in many interleavings: those given
 * here, and others that it makes, the same in every run.
 */
final class Linearizability {

  /** The revision of a new agent. */
  private static final int AT_FIRST = 1;

  /** Where a thread is not interrupted by another one, as every call of these is one step. */
  private static final String[] STEPS = {
    "get", "put", "putIfAbsent", "replace", "remove", "clear", "size", "isEmpty", "mappingCount"
  };

  private Linearizability() {}

  /** Interleavings that are chosen. */
  static ModelCheckingOptions modelChecking() {
    return new ModelCheckingOptions()
        .addGuarantee(forClasses(ConcurrentHashMap.class.getName()).methods(STEPS).treatAsAtomic())
        .addGuarantee(
            // A part of the tally is guarded by the lock of its stripe; one thread verifies.
            forClasses(
                    SwapLog.class.getName(),
                    Tally.Part.class.getName(),
                    Verified.class.getName(),
                    "java.time.Instant")
                .allMethods()
                .treatAsAtomic())
        .addGuarantee(forClasses(Linearizability::isNeverShared).allMethods().treatAsAtomic())
        .threads(2);
  }

  /** Interleavings as they come. */
  static StressOptions stress() {
    return new StressOptions().threads(3);
  }

  /**
   * Values that never change, and collections that one thread uses, or that a lock guards. To look
   * at each of their steps takes most of the time and finds nothing.
   */
  private static boolean isNeverShared(String type) {
    // Asked at every step, so it has to be quick.
    return type.startsWith("io.agents.registry.api.")
        || type.startsWith("java.util.stream.")
        || type.startsWith("java.util.Hash")
        || type.startsWith("java.util.ArrayList");
  }

  /** Fails where a history is not one that the sequential registry could have. */
  static void check(String how, Options<?, ?> options, int scenarios, int runs, Class<?> registry) {
    long start = System.nanoTime();
    List<ExecutionScenario> given = scenarios(registry).toList();
    given.forEach(options::addCustomScenario);
    options
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .iterations(scenarios - given.size())
        .invocationsPerIteration(runs)
        .sequentialSpecification(SequentialRegistry.class)
        .check(registry);
    Figures.report(
        "linearizable swaps, " + how,
        "%d scenarios x %d runs in %d s"
            .formatted(scenarios, runs, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
  }

  /** Every operation against a swap, and those against each other that want the same id. */
  private static Stream<ExecutionScenario> scenarios(Class<?> type) {
    List<Actor> swap = List.of(call(type, "swap"));
    return Stream.of(
        scenario(type, swap, List.of(call(type, "unregister", 0, 0), call(type, "lookup", 0))),
        scenario(
            type, swap, List.of(call(type, "update", 0, 0, AT_FIRST), call(type, "lookup", 0))),
        scenario(type, swap, List.of(call(type, "replace", 0, 1), call(type, "lookup", 0))),
        scenario(type, swap, List.of(call(type, "ownerGone", 0, 0), call(type, "lookup", 0))),
        scenario(type, swap, List.of(call(type, "unregister", 0, 0), call(type, "register", 0, 1))),
        scenario(type, swap, List.of(call(type, "register", 1, 1), call(type, "lookup", 1))),
        scenario(type, swap, List.of(call(type, "lookup", 0), call(type, "lookup", 0))),
        scenario(
            type, List.of(call(type, "unregister", 0, 0)), List.of(call(type, "replace", 0, 1))),
        scenario(
            type, List.of(call(type, "ownerGone", 0, 0)), List.of(call(type, "replace", 0, 1))),
        scenario(
            type,
            List.of(call(type, "update", 0, 0, AT_FIRST)),
            List.of(call(type, "update", 0, 0, AT_FIRST))),
        scenario(
            type, List.of(call(type, "register", 1, 0)), List.of(call(type, "register", 1, 1))));
  }

  /** With an agent of the first owner under the first id, and a look at both in the end. */
  private static ExecutionScenario scenario(Class<?> type, List<Actor> first, List<Actor> second) {
    return new ExecutionScenario(
        List.of(call(type, "register", 0, 0)),
        List.of(first, second),
        List.of(call(type, "lookup", 0), call(type, "lookup", 1)),
        null);
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

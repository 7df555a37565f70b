package io.agents.reliability;

import io.agents.registry.testkit.reliability.Deadline;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.Figures;
import java.time.Duration;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * B1, B4, B5: what threads do to a backend at once looks as if it had been done one after the
 * other. Lincheck makes the operations and, when it checks the model, the switches between threads;
 * it begins with the same seed each time.
 */
@DisplayName("B5 Backends are linearizable")
class BackendLincheckTest {

  private static final int THREADS = 3;
  private static final int OPERATIONS = 3;
  private static final Duration LIMIT =
      Effort.time(Duration.ofMinutes(10), Duration.ofMinutes(120));

  @Test
  @DisplayName("ets, in switches of threads that are chosen")
  void etsByModel() throws Exception {
    byModel(EtsOperations.class);
  }

  @Test
  @DisplayName("ets, under stress")
  void etsByStress() throws Exception {
    byStress(EtsOperations.class);
  }

  @Test
  @DisplayName("legacy, in switches of threads that are chosen")
  void legacyByModel() throws Exception {
    byModel(LegacyOperations.class);
  }

  @Test
  @DisplayName("legacy, under stress")
  void legacyByStress() throws Exception {
    byStress(LegacyOperations.class);
  }

  private static void byModel(Class<?> operations) throws Exception {
    int iterations = Effort.rounds(25, 100);
    int invocations = Effort.rounds(400, 1_000);
    Deadline.within(
        LIMIT,
        "model checking of " + operations.getSimpleName(),
        () -> check(new ModelCheckingOptions(), iterations, invocations, operations));
    report("model", operations, iterations, invocations);
  }

  private static void byStress(Class<?> operations) throws Exception {
    int iterations = Effort.rounds(30, 100);
    int invocations = Effort.rounds(3_000, 10_000);
    Deadline.within(
        LIMIT,
        "stress of " + operations.getSimpleName(),
        () -> check(new StressOptions(), iterations, invocations, operations));
    report("stress", operations, iterations, invocations);
  }

  private static void check(
      Options<?, ?> options, int iterations, int invocations, Class<?> operations) {
    List<ExecutionScenario> given = BackendScenarios.of(operations).toList();
    given.forEach(options::addCustomScenario);
    options
        .iterations(iterations - given.size())
        .invocationsPerIteration(invocations)
        .threads(THREADS)
        .actorsPerThread(OPERATIONS)
        .sequentialSpecification(BackendSequence.class)
        .check(operations);
  }

  private static void report(String how, Class<?> what, int iterations, int invocations) {
    long given = BackendScenarios.of(what).count();
    Figures.report(
        "Lincheck, " + how + ", " + what.getSimpleName(),
        "%d given scenarios and %d of %d threads with %d operations each, %d times each"
            .formatted(given, iterations - given, THREADS, OPERATIONS, invocations));
  }
}

package io.agents.benchmarks;

import static io.agents.benchmarks.Implementation.CQENGINE;
import static io.agents.benchmarks.Implementation.ETS;
import static io.agents.benchmarks.Implementation.LEGACY;
import static io.agents.benchmarks.Implementation.MAP;
import static io.agents.benchmarks.Implementation.REGISTRY_COMPARED;
import static io.agents.benchmarks.Implementation.REGISTRY_ETS;
import static io.agents.benchmarks.Implementation.REGISTRY_LEGACY;
import static io.agents.benchmarks.Implementation.REGISTRY_UNMEASURED;
import static io.agents.benchmarks.Implementation.SERVICES;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is measured, and in which order. */
final class Plan {

  /*
   * A goal compares two sides. Each side is measured several times, in a new virtual machine each time, the one right after
   * the other and in the other order the next time: a machine that becomes slower for a while makes both slower, and what
   * depends on how one virtual machine happened to compile and to place its objects shows as the spread that it is. So more
   * and shorter measurements are better than few and long ones. What no goal is about is measured once.
   */

  private static final Set<String> ORDERED = Set.of("range", "findFive");

  /** More code than a read, which takes longer to be compiled for good. */
  private static final Set<String> WRITES = Set.of("reRegister", "update");

  /** The registry with other settings, for lookups alone. */
  private static final Set<Implementation> WATCHED = Set.of(REGISTRY_UNMEASURED, REGISTRY_COMPARED);

  private static final List<Integer> BUNDLES = List.of(1_000, 10_000, 100_000);

  private final CommandLine.Mode mode;
  private final List<Step> steps = new ArrayList<>();

  /**
   * Figures to be measured together.
   *
   * @param type the class of the benchmark
   * @param method its method
   * @param sides what is measured, one right after the other
   * @param sizes the numbers of agents
   * @param rounds how often
   * @param warmups how many iterations nobody looks at come first
   * @param shots how many times a single operation is measured; 0 if operations are counted
   */
  record Step(
      Class<?> type,
      String method,
      List<Implementation> sides,
      List<Integer> sizes,
      int rounds,
      int warmups,
      int shots) {

    /** Whether an index in order is of use: {@link Implementation#ORDERED}. */
    boolean ordered() {
      return ORDERED.contains(method);
    }
  }

  /**
   * One virtual machine that measures one figure.
   *
   * @param step what it belongs to
   * @param side what is measured
   * @param agents how many there are
   */
  record Fork(Step step, Implementation side, int agents) {}

  private Plan(CommandLine.Mode mode) {
    this.mode = mode;
  }

  /** All that this mode measures with JMH, in order. */
  static List<Fork> of(CommandLine.Mode mode) {
    Plan plan = new Plan(mode);
    plan.goals();
    plan.others();
    return plan.inRounds();
  }

  private void goals() {
    List<Implementation> besideMap = List.of(MAP, REGISTRY_ETS);
    List<Implementation> besideEngine = List.of(CQENGINE, REGISTRY_ETS);
    List<Implementation> alone = List.of(REGISTRY_ETS);
    List<Implementation> watched =
        List.of(MAP, REGISTRY_ETS, REGISTRY_UNMEASURED, REGISTRY_COMPARED);
    counted(PointBenchmark.class, "lookup", watched, mode.closeRounds);
    counted(PointBenchmark.class, "lookupByTwo", besideMap, mode.closeRounds);
    counted(PointBenchmark.class, "reRegister", besideEngine, mode.closeRounds);
    counted(QueryBenchmark.class, "findHundred", besideEngine, mode.rounds);
    for (String method :
        List.of("findFiftieth", "queryOfTwoWide", "queryOfTwo", "queryOfTwoNarrow")) {
      counted(QueryBenchmark.class, method, besideEngine, mode.wideRounds);
    }
    shots(OwnerBenchmark.class, "cleanUpThousand", alone, mode.sizes(), 40);
    shots(OwnerBenchmark.class, "cleanUpTenThousand", alone, mode.sizes(), 10);
    if (mode != CommandLine.Mode.LARGE) {
      stops(besideMap);
    }
  }

  /** Of bundles with numbers of services that are the same in every mode. */
  private void stops(List<Implementation> sides) {
    for (int services : BUNDLES) {
      // What stops once in a while has been compiled all the same when so many services have gone.
      int warmups = Math.max(2, 200_000 / services);
      int times = Math.max(2, Math.min(20, 40_000 / services));
      List<Integer> sizes = List.of(services);
      steps.add(
          new Step(StopBenchmark.class, "stopBundle", sides, sizes, mode.rounds, warmups, times));
    }
  }

  private void others() {
    if (mode == CommandLine.Mode.LARGE) {
      return;
    }
    List<Implementation> besideEngine = List.of(CQENGINE, REGISTRY_ETS);
    counted(QueryBenchmark.class, "findFive", besideEngine, 1);
    List<Implementation> point = List.of(LEGACY, ETS, REGISTRY_LEGACY, CQENGINE);
    beside(PointBenchmark.class, "lookup", point);
    beside(PointBenchmark.class, "reRegister", List.of(MAP, LEGACY, ETS));
    beside(QueryBenchmark.class, "queryOfTwo", List.of(LEGACY, ETS));
    services(PointBenchmark.class, "lookup");
    services(PointBenchmark.class, "reRegister");
    services(QueryBenchmark.class, "queryOfTwo");
    if (mode == CommandLine.Mode.FULL) {
      rest();
    }
  }

  private void rest() {
    List<Implementation> all =
        Stream.of(Implementation.values()).filter(side -> !WATCHED.contains(side)).toList();
    List<Implementation> backends = List.of(LEGACY, ETS, REGISTRY_LEGACY, SERVICES);
    List<Implementation> behind = List.of(REGISTRY_LEGACY);
    List<Implementation> two = List.of(LEGACY, ETS, REGISTRY_LEGACY, CQENGINE, SERVICES);
    counted(PointBenchmark.class, "lookupByTwo", two, 1);
    counted(PointBenchmark.class, "lookupByFour", all, 1);
    counted(PointBenchmark.class, "reRegister", behind, 1);
    counted(PointBenchmark.class, "update", all, 1);
    counted(QueryBenchmark.class, "queryOfTwo", behind, 1);
    for (String method :
        List.of("findFiftieth", "findHundred", "queryOfTwoWide", "queryOfTwoNarrow")) {
      counted(QueryBenchmark.class, method, backends, 1);
    }
    List<Implementation> queried = all.stream().filter(side -> side != MAP).toList();
    for (String method :
        List.of("queryOfOneIndex", "countOfTwo", "range", "existsOfTwo", "queryOfText", "list")) {
      counted(QueryBenchmark.class, method, queried, 1);
    }
    counted(QueryBenchmark.class, "findFive", backends, 1);
    shots(OwnerBenchmark.class, "cleanUpThousand", List.of(ETS), mode.sizes(), 100);
    shots(OwnerBenchmark.class, "cleanUpTenThousand", List.of(ETS), mode.sizes(), 20);
    List<Implementation> loaded =
        List.of(MAP, LEGACY, ETS, REGISTRY_LEGACY, REGISTRY_ETS, CQENGINE);
    steps.add(new Step(LoadBenchmark.class, "load", loaded, mode.sizes(), 1, 3, 3));
  }

  private void counted(Class<?> type, String method, List<Implementation> sides, int rounds) {
    counted(type, method, sides, mode.sizes(), rounds);
  }

  private void counted(
      Class<?> type, String method, List<Implementation> sides, List<Integer> sizes, int rounds) {
    steps.add(new Step(type, method, sides, sizes, rounds, warmups(type, method), 0));
  }

  private int warmups(Class<?> type, String method) {
    if (type == QueryBenchmark.class) {
      return mode.queryWarmups;
    }
    return WRITES.contains(method) ? mode.writeWarmups : mode.warmups;
  }

  /** What no goal is about: with as many agents as this mode knows of, or with all numbers. */
  private void beside(Class<?> type, String method, List<Implementation> sides) {
    List<Integer> sizes = mode.sizes();
    List<Integer> asked =
        mode == CommandLine.Mode.FULL ? sizes : sizes.subList(sizes.size() - 1, sizes.size());
    counted(type, method, sides, asked, 1);
  }

  /** With the most services of the framework that are measured. */
  private void services(Class<?> type, String method) {
    counted(type, method, List.of(SERVICES), List.of(SERVICES.most()), 1);
  }

  private void shots(
      Class<?> type, String method, List<Implementation> sides, List<Integer> sizes, int shots) {
    steps.add(new Step(type, method, sides, sizes, mode.rounds, shots, shots));
  }

  private List<Fork> inRounds() {
    List<Fork> forks = new ArrayList<>();
    int most = steps.stream().mapToInt(Step::rounds).max().orElse(0);
    for (int round = 0; round < most; round++) {
      for (Step step : steps) {
        if (round < step.rounds()) {
          List<Implementation> sides = new ArrayList<>(step.sides());
          if (round % 2 != 0) {
            Collections.reverse(sides);
          }
          for (int agents : step.sizes()) {
            sides.stream()
                .filter(side -> agents <= side.most())
                .forEach(side -> forks.add(new Fork(step, side, agents)));
          }
        }
      }
    }
    return forks;
  }
}

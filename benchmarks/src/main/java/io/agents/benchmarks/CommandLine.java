package io.agents.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for.
 *
 * @param mode how much is measured
 * @param json where the figures go too, if anywhere
 */
record CommandLine(Mode mode, Optional<Path> json) {

  /** How much is measured. */
  enum Mode {
    /** About ten minutes: what the budget is about. */
    QUICK(1, 2, 1, 200, 5, 15, 20, 3, "1g"),

    /** Half an hour: what the budget says of very many agents. */
    LARGE(1, 2, 1, 200, 5, 15, 20, 3, "4g"),

    /** Hours: everything. */
    FULL(3, 5, 2, 1_000, 3, 5, 10, 5, "6g");

    /** How often both sides of a goal are measured, each time in new virtual machines. */
    final int rounds;

    /** The same, where the two sides are close to each other. */
    final int closeRounds;

    /** The same, where the two sides are far from each other. */
    final int wideRounds;

    final int iterationMillis;
    final int warmups;

    /** The same for queries: for two seconds some run a tenth as fast as afterwards. */
    final int queryWarmups;

    /** The same for writes. */
    final int writeWarmups;

    final int iterations;
    final String heap;

    Mode(
        int rounds,
        int closeRounds,
        int wideRounds,
        int iterationMillis,
        int warmups,
        int queryWarmups,
        int writeWarmups,
        int iterations,
        String heap) {
      this.rounds = rounds;
      this.closeRounds = closeRounds;
      this.wideRounds = wideRounds;
      this.iterationMillis = iterationMillis;
      this.warmups = warmups;
      this.queryWarmups = queryWarmups;
      this.writeWarmups = writeWarmups;
      this.iterations = iterations;
      this.heap = heap;
    }

    /** Whether the heap that an implementation takes is measured. */
    boolean measuresMemoryOf(Implementation implementation) {
      return switch (implementation) {
        case REGISTRY_UNMEASURED, REGISTRY_COMPARED -> false;
        case REGISTRY_LEGACY, SERVICES -> this == FULL;
        default -> true;
      };
    }

    /**
     * The options of a virtual machine that measures time. With small pages the same loop was seen
     * to take up to four times as long, for seconds, where the machine is a virtual one. A large
     * heap is not gone through in the warm-up, and to use a page for the first time takes longer
     * than what is measured; to use all of them before takes seconds, and is not needed where the
     * heap is small.
     */
    List<String> machineOptions() {
      return List.of(
          "-Xms" + heap,
          "-Xmx" + heap,
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UseTransparentHugePages",
          this == QUICK ? "-XX:-AlwaysPreTouch" : "-XX:+AlwaysPreTouch");
    }

    /** How many agents there are, from run to run. */
    List<Integer> sizes() {
      return switch (this) {
        case QUICK -> List.of(10_000, 100_000);
        case LARGE -> List.of(10_000, 1_000_000);
        case FULL -> List.of(10_000, 100_000, 1_000_000);
      };
    }
  }

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException if one is unknown, or a file cannot be written, naming it
   */
  static CommandLine parse(List<String> arguments) {
    Mode mode = Mode.QUICK;
    Optional<Path> json = Optional.empty();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--quick" -> mode = Mode.QUICK;
        case "--large" -> mode = Mode.LARGE;
        case "--full" -> mode = Mode.FULL;
        case "--json" -> json = Optional.of(file(rest));
        default ->
            throw new IllegalArgumentException(
                "unknown argument '"
                    + argument
                    + "'; allowed are --quick, --large, --full, --json FILE");
      }
    }
    return new CommandLine(mode, json);
  }

  private static Path file(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("--json needs the name of a file");
    }
    Path file = Path.of(rest.next()).toAbsolutePath();
    // Now, and not after everything has been measured.
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "--json: " + file + " is not a file in a folder that exists");
    }
    return file;
  }
}

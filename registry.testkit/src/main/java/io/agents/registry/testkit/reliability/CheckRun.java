package io.agents.registry.testkit.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a check against a planted bug, in a process of its own.
 *
 * @param process the process: its exit code is 1 if tests failed
 * @param failure what the output has to contain
 */
record CheckRun(JavaProcess process, String failure) {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int TESTS_FAILED = 1;
  private static final int SHOWN = 4_000;

  static CheckRun of(PlantedBug bug, Path classes, Path output)
      throws IOException, InterruptedException {
    return new CheckRun(
        JavaProcess.run(arguments(bug, classes), Path.of(""), output, LIMIT), bug.failure());
  }

  private static List<String> arguments(PlantedBug bug, Path classes) {
    List<String> arguments = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(arguments::add);
    JavaProcess.propertiesOfChecks().stream()
        .filter(property -> !property.startsWith("-D" + Effort.PROPERTY + "="))
        .forEach(arguments::add);
    arguments.add("-Dregistry.planted.module=" + bug.module());
    arguments.add("-Dregistry.planted.classes=" + classes);
    arguments.add("-cp");
    arguments.add(classes + File.pathSeparator + ClassPath.ofTests());
    arguments.add("org.junit.platform.console.ConsoleLauncher");
    arguments.add("execute");
    arguments.add("--disable-banner");
    arguments.add("--disable-ansi-colors");
    arguments.add("--details=summary");
    arguments.add("--fail-if-no-tests");
    arguments.add(
        bug.method().isEmpty()
            ? "--select-class=" + bug.check()
            : "--select-method=" + bug.check() + "#" + bug.method());
    return arguments;
  }

  private boolean testsFailed() {
    return process.exitCode().orElse(0) == TESTS_FAILED;
  }

  boolean found() {
    return testsFailed() && process.output().contains(failure);
  }

  long millis() {
    return process.time().toMillis();
  }

  /** The last seed that the check printed. */
  String seed() {
    return process
        .output()
        .lines()
        .filter(line -> line.startsWith("[seed] "))
        .reduce((first, second) -> second)
        .map(line -> line.replaceAll("\\[seed\\] .*: (-?\\d+) \\(.*", "seed $1"))
        .orElse("no seed");
  }

  String explanation() {
    String output = process.output();
    String shown =
        output.length() <= SHOWN ? output : "..." + output.substring(output.length() - SHOWN);
    if (process.exitCode().isEmpty()) {
      return "the check did not end in " + LIMIT.toSeconds() + " s:\n" + shown;
    }
    return (testsFailed()
            ? "the check failed, but did not say '" + failure + "'"
            : "the check ended with " + process.exitCode().getAsInt() + " instead of failing")
        + ":\n"
        + shown;
  }
}

package io.agents.registry.testkit.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a check against a planted bug, in a process of its own.
 *
 * @param exitCode how the process ended: 1 if tests failed, {@value #HANGING} if it did not end
 * @param output everything that it printed
 * @param millis how long it took, in ms
 * @param failure what the output has to contain
 */
record CheckRun(int exitCode, String output, long millis, String failure) {

  private static final long LIMIT_SECONDS = 180;
  private static final int TESTS_FAILED = 1;
  private static final int HANGING = -1;
  private static final int SHOWN = 4_000;

  static CheckRun of(PlantedBug bug, Path classes, Path output)
      throws IOException, InterruptedException {
    Path arguments = output.resolveSibling("arguments");
    Files.write(arguments, arguments(bug, classes));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + arguments)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      int exitCode = ended ? process.exitValue() : HANGING;
      return new CheckRun(exitCode, Files.readString(output), millis, bug.failure());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<String> arguments(PlantedBug bug, Path classes) {
    List<String> arguments = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(arguments::add);
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("registry.") && !name.equals(Effort.PROPERTY))
        .forEach(name -> arguments.add("-D" + name + "=" + System.getProperty(name)));
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
    return arguments.stream().map(CheckRun::quoted).toList();
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  boolean found() {
    return exitCode == TESTS_FAILED && output.contains(failure);
  }

  /** The last seed that the check printed. */
  String seed() {
    return output
        .lines()
        .filter(line -> line.startsWith("[seed] "))
        .reduce((first, second) -> second)
        .map(line -> line.replaceAll("\\[seed\\] .*: (-?\\d+) \\(.*", "seed $1"))
        .orElse("no seed");
  }

  String explanation() {
    String shown =
        output.length() <= SHOWN ? output : "..." + output.substring(output.length() - SHOWN);
    if (exitCode == HANGING) {
      return "the check did not end in " + LIMIT_SECONDS + " s:\n" + shown;
    }
    return (exitCode == TESTS_FAILED
            ? "the check failed, but did not say '" + failure + "'"
            : "the check ended with " + exitCode + " instead of failing")
        + ":\n"
        + shown;
  }
}

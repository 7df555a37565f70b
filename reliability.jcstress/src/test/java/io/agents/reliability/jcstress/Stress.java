package io.agents.reliability.jcstress;

import io.agents.registry.testkit.reliability.ClassPath;
import io.agents.registry.testkit.reliability.Effort;
import io.agents.registry.testkit.reliability.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of jcstress, in a process of its own.
 *
 * @param planned how many configurations were to be run: a test in one way of compiling it
 * @param passed how many of them gave only outcomes that are promised
 * @param tests how many tests they belong to
 * @param exitCode 0 if nothing went wrong
 * @param millis how long it took, in ms
 * @param output everything that it printed
 */
record Stress(int planned, int passed, int tests, int exitCode, long millis, String output) {

  private static final Path RESULTS = Path.of("target", "jcstress");
  private static final Pattern COUNTS =
      Pattern.compile("Results: (\\d+) planned; (\\d+) passed, \\d+ failed");
  private static final Pattern TESTS =
      Pattern.compile("All remaining tests: (\\d+) matching test results");

  /** Runs the tests whose names match a regular expression. */
  static Stress of(String name, String tests) throws IOException, InterruptedException {
    Path results = RESULTS.resolve(name).toAbsolutePath();
    Files.createDirectories(results);
    Path output = results.resolve("output.txt");
    JavaProcess process =
        JavaProcess.run(
                arguments(tests, results),
                results,
                output,
                Effort.time(Duration.ofMinutes(15), Duration.ofMinutes(150)))
            .requireEnd("jcstress");
    String text = process.output();
    return new Stress(
        last(COUNTS, 1, text),
        last(COUNTS, 2, text),
        last(TESTS, 1, text),
        process.exitCode().orElseThrow(),
        process.time().toMillis(),
        text);
  }

  /** How many tests there are. */
  static int known() throws IOException {
    try (InputStream list = Stress.class.getResourceAsStream("/META-INF/TestList")) {
      return (int) new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().count();
    }
  }

  private static List<String> arguments(String tests, Path results) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-cp");
    arguments.add(classPath());
    arguments.add("org.openjdk.jcstress.Main");
    arguments.addAll(List.of("-t", tests, "-r", results.toString(), "-f", "1", "-sc", "false"));
    // A test of two threads has to run where there is one processor, too.
    arguments.addAll(List.of("-c", "2", "-af", "NONE"));
    if (Effort.isExhaustive()) {
      arguments.addAll(List.of("-m", "default"));
    } else {
      // One mode that has everything: the compiler shuffles instructions within what is allowed.
      arguments.addAll(List.of("-m", "quick", "-time", "100", "-jvmArgs"));
      arguments.add("-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM");
    }
    return arguments;
  }

  /** Absolute: jcstress runs in the folder of its results, where it leaves more of them. */
  private static String classPath() {
    return Stream.of(ClassPath.ofTests().split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The number that was printed last; 0 if none was. */
  private static int last(Pattern pattern, int group, String text) {
    int found = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found = Integer.parseInt(matcher.group(group));
    }
    return found;
  }

  /** Throws unless this many tests were run, and gave only outcomes that are promised. */
  void requirePassed(int wanted) {
    boolean allPassed = planned > 0 && passed == planned && tests == wanted && exitCode == 0;
    if (!allPassed) {
      int end = output.indexOf("RUN RESULTS:");
      throw new AssertionError(
          "%d of %d configurations passed, of %d tests instead of %d; jcstress ended with %d\n%s"
              .formatted(
                  passed, planned, tests, wanted, exitCode, output.substring(Math.max(end, 0))));
    }
  }
}

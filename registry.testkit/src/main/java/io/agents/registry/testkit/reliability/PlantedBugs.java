package io.agents.registry.testkit.reliability;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Shows that checks can fail: plants a bug in a copy of the real source, compiles it, and runs the
 * check in a process of its own with the broken class before the right one. The check has to fail.
 *
 * <p>A line is printed for each bug, and kept in {@code target/reliability/planted.txt} of the
 * module: {@code found} or {@code MISSED}, with the time and the seed. The output of the check is
 * in {@code target/planted}.
 *
 * <p>That takes long, and happens if the system property {@value #PROPERTY} is {@code true}.
 * Otherwise a test only sees that the bug is up to date: that the text to be changed is in the
 * source, and the check is there.
 */
public final class PlantedBugs {

  /** The system property: whether checks are run against the bugs. */
  public static final String PROPERTY = "registry.planted";

  private static final Path LINES = Path.of("target", "reliability", "planted.txt");

  private PlantedBugs() {}

  /**
   * Makes a test of each bug, which fails if the bug is missed, or out of date.
   *
   * @param bugs the bugs
   * @return the tests, to be returned by a {@code @TestFactory}
   */
  public static Stream<DynamicTest> tests(PlantedBug... bugs) {
    return Stream.of(bugs)
        .map(
            bug ->
                dynamicTest(
                    bug.checkName() + ": " + bug.bug(),
                    () -> {
                      if (Boolean.getBoolean(PROPERTY)) {
                        requireFound(bug, PlantedBugs::tell);
                      } else {
                        requireUpToDate(bug);
                      }
                    }));
  }

  static void requireUpToDate(PlantedBug bug) throws IOException {
    PlantedSource.changed(bug);
    if (!hasCheck(bug)) {
      throw new AssertionError(
          "the bug '%s' is out of date: there is no check %s with these parameters"
              .formatted(bug.bug(), bug.checkName()));
    }
  }

  private static boolean hasCheck(PlantedBug bug) {
    String wanted = bug.method().contains("(") ? bug.method() : bug.method() + "()";
    try {
      Class<?> check = Class.forName(bug.check());
      return bug.method().isEmpty()
          || Stream.of(check.getDeclaredMethods()).anyMatch(one -> signature(one).equals(wanted));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** As JUnit selects a method: its name, and the types of its parameters. */
  private static String signature(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(Class::getName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  static void requireFound(PlantedBug bug, Consumer<String> lines)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", "planted", folderName(bug)).toAbsolutePath();
    Path classes = PlantedSource.compile(bug, folder.resolve("classes"));
    CheckRun run = CheckRun.of(bug, classes, folder.resolve("output.txt"));
    String line =
        "[planted] %s %s: %s (%.1f s, %s)"
            .formatted(
                run.found() ? "found " : "MISSED",
                bug.checkName(),
                bug.bug(),
                run.millis() / 1000.0,
                run.seed());
    lines.accept(line);
    if (!run.found()) {
      throw new AssertionError(line + "\n" + run.explanation());
    }
  }

  private static String folderName(PlantedBug bug) {
    return (bug.checkName() + "-" + bug.bug())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-");
  }

  private static void tell(String line) {
    Output.print(line);
    try {
      Files.createDirectories(LINES.getParent());
      Files.writeString(LINES, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

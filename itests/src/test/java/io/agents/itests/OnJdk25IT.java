package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Runs all other tests in containers again, on a JDK 25 that is installed beside the JDK of this
 * build.
 */
public class OnJdk25IT {

  private static final long MINUTES = 10;

  @Test
  public void allContainersOnJdk25() throws Exception {
    if (Runtime.version().feature() >= 25) {
      System.out.println("this build runs on JDK " + Runtime.version().feature() + " itself");
    }
    assumeTrue("a build on an earlier JDK than 25", Runtime.version().feature() < 25);
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Optional<Path> jdk25 = findBeside(home);
    if (jdk25.isEmpty()) {
      System.out.println(
          "precondition missing: there is no JDK 25 beside "
              + home.getFileName()
              + "; not run on it");
    }
    assumeTrue("a JDK 25 beside the JDK of the build", jdk25.isPresent());

    File output = new File("target/jdk25.log");
    List<String> command = new ArrayList<>();
    command.add(jdk25.get().resolve("bin/java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath());
    command.add("org.junit.runner.JUnitCore");
    command.addAll(otherTests());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
          .as("ends in %d minutes", MINUTES)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output.toPath());
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text).containsPattern("OK \\([1-9][0-9]* tests?\\)");
  }

  private static Optional<Path> findBeside(Path home) throws IOException {
    try (Stream<Path> siblings = Files.list(home.getParent())) {
      return siblings.filter(OnJdk25IT::is25).sorted().findFirst();
    }
  }

  private static boolean is25(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.isReadable(release)
          && Files.readString(release).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      return false;
    }
  }

  private static String classPath() {
    String given = System.getProperty("surefire.test.class.path");
    return given == null ? System.getProperty("java.class.path") : given;
  }

  private static List<String> otherTests() throws IOException {
    Path classes = Path.of("target/test-classes");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith("IT.class") && !name.endsWith("OnJdk25IT.class"))
          .map(
              name ->
                  name.substring(0, name.length() - ".class".length())
                      .replace(File.separatorChar, '.'))
          .sorted()
          .toList();
    }
  }
}

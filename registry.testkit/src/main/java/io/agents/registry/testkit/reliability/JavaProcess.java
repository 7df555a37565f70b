package io.agents.registry.testkit.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * What became of a virtual machine that was started for one task, with a limited time for it. It is
 * of the same kind as the one that starts it, and is gone when its result is there, with all that
 * it has started.
 *
 * @param exitCode what it ended with; empty if its time was over before
 * @param time how long it ran
 * @param output everything that it printed, errors too; if its time was over, its stacks are among
 *     it
 */
public record JavaProcess(OptionalInt exitCode, Duration time, String output) {

  private static final long LAST_WORDS_SECONDS = 2;

  /**
   * Starts a virtual machine and waits for its end.
   *
   * @param arguments the options, the class path, the main class and what it is given
   * @param directory the working directory; an empty path is that of this process
   * @param output the file that it prints to; what was there is overwritten
   * @param limit how long it may run; to be chosen so that a slow machine keeps it
   * @return its end, or that it did not end
   * @throws IOException if the machine can't be started, or the file can't be read or written
   * @throws InterruptedException if the wait is interrupted; the machine is gone then too
   */
  public static JavaProcess run(List<String> arguments, Path directory, Path output, Duration limit)
      throws IOException, InterruptedException {
    // In a file: the class path alone is longer than some systems allow a command to be.
    Path file = output.resolveSibling(output.getFileName() + ".arguments").toAbsolutePath();
    Files.write(file, arguments.stream().map(JavaProcess::quoted).toList());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      OptionalInt exitCode = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
      if (!ended) {
        printStacks(process);
      }
      return new JavaProcess(exitCode, time, Files.readString(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A virtual machine prints its stacks when it is told to quit, where the system knows that. */
  private static void printStacks(Process process) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
      process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      Output.print("no stacks of process " + process.pid() + ": " + e);
    }
  }

  /**
   * The system properties of this process that tell checks what to do, for another process that is
   * to do the same.
   *
   * @return an option for each property whose name begins with {@code registry.}
   */
  public static List<String> propertiesOfChecks() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("registry."))
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }

  /**
   * Makes a hang a failure.
   *
   * @param what what was run, for the message
   * @return this
   * @throws AssertionError if the time was over, with all that was printed
   */
  public JavaProcess requireEnd(String what) {
    if (exitCode.isEmpty()) {
      throw new AssertionError(
          "%s hangs: not done after %d s%n%s".formatted(what, time.toSeconds(), output));
    }
    return this;
  }
}

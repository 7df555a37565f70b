package io.agents.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs what must not find the heap, or the compiled code, of something else. Unlike the test kit's
 * {@code JavaProcess} it keeps what is printed apart from what is logged, since that is a figure.
 */
final class OtherMachine {

  private OtherMachine() {}

  /**
   * Runs in a new virtual machine with the class path of this one.
   *
   * @param main its class
   * @param options for the virtual machine
   * @param arguments for the class
   * @return what it prints, without the blanks around it
   * @throws IOException if it fails, with what it prints
   */
  static String run(Class<?> main, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            main.getSimpleName() + " of " + String.join(", ", arguments) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output.strip();
  }
}

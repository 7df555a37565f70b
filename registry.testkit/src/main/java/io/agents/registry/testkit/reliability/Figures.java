package io.agents.registry.testkit.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a check did and measured, for people: printed, and kept in {@code
 * target/reliability/figures.txt} of the module.
 *
 * <p>Safe for use by many threads.
 */
public final class Figures {

  private static final Path FOLDER = Path.of("target", "reliability");
  private static final Path FILE = FOLDER.resolve("figures.txt");

  private Figures() {}

  /**
   * Prints a line and appends it to the file.
   *
   * @param check the name of the check
   * @param figures what it did or measured, with units, in one line
   * @throws UncheckedIOException if the file can't be written
   */
  public static void report(String check, String figures) {
    String line = "[figures] " + check + ": " + figures;
    Output.print(line);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

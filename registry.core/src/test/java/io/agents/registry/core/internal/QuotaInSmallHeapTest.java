package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.testkit.reliability.ClassPath;
import io.agents.registry.testkit.reliability.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle that registers without end fills neither the registry nor the heap: with a quota that
 * fits, 1,000,000 attempts in a heap of 64 MB are refused from the quota on, and the others go on
 * (R1.15, R1.17).
 */
class QuotaInSmallHeapTest {

  private static final long LIMIT_MINUTES = 5;

  @Test // R1.15, R1.17
  void aMillionAttemptsInASmallHeapStopAtTheQuota(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                ClassPath.ofTests(),
                GreedyBundle.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      String printed = Files.readString(output);
      assertThat(ended)
          .as("ended within %s minutes, having printed: %s", LIMIT_MINUTES, printed)
          .isTrue();
      assertThat(process.exitValue()).as("with the output: %s", printed).isZero();
      assertThat(printed).doesNotContain("OutOfMemoryError").contains("refused");
      Figures.report("quota in a heap of 64 MB", printed.strip());
    } finally {
      process.destroyForcibly();
    }
  }
}

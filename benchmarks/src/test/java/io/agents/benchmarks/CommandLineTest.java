package io.agents.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.benchmarks.CommandLine.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  @TempDir Path folder;

  @Test
  void isQuickByDefault() {
    assertThat(CommandLine.parse(List.of()))
        .isEqualTo(new CommandLine(Mode.QUICK, Optional.empty()));
    assertThat(Mode.QUICK.sizes()).containsExactly(10_000, 100_000);
    assertThat(Mode.LARGE.sizes()).containsExactly(10_000, 1_000_000);
    assertThat(Mode.FULL.sizes()).containsExactly(10_000, 100_000, 1_000_000);
  }

  @Test
  void isLargeIfThatIsAskedFor() {
    assertThat(CommandLine.parse(List.of("--large")))
        .isEqualTo(new CommandLine(Mode.LARGE, Optional.empty()));
  }

  @Test
  void takesAFile() {
    Path file = folder.resolve("figures.json");
    assertThat(CommandLine.parse(List.of("--full", "--json", file.toString())))
        .isEqualTo(new CommandLine(Mode.FULL, Optional.of(file)));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--fast")))
        .hasMessage("unknown argument '--fast'; allowed are --quick, --large, --full, --json FILE");
    assertThatThrownBy(() -> CommandLine.parse(List.of("--json")))
        .hasMessage("--json needs the name of a file");
    assertThatThrownBy(() -> CommandLine.parse(List.of("--json", folder.getRoot().toString())))
        .hasMessageContaining("is not a file in a folder that exists");
    assertThatThrownBy(() -> CommandLine.parse(List.of("--json", folder.toString())))
        .hasMessageContaining("is not a file in a folder that exists");
  }

  @Test
  void aWrongArgumentEndsWithOneBeforeAnythingIsMeasured() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            List.of("--fast"),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(status).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("benchmark: unknown argument");
  }
}

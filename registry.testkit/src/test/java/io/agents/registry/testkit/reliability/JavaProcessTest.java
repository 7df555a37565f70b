package io.agents.registry.testkit.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process has a limited time, and its output is kept")
@Timeout(120)
class JavaProcessTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  /** What runs in the process: ends with the number that it is given, or never. */
  static final class Program {
    private Program() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("given: " + String.join("|", arguments));
      System.err.println("an error, in " + Path.of("").toAbsolutePath());
      if (arguments.length == 0) {
        new CountDownLatch(1).await();
      }
      System.exit(Integer.parseInt(arguments[0]));
    }
  }

  private JavaProcess run(Duration limit, String... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-cp", ClassPath.ofTests(), Program.class.getName()));
    all.addAll(List.of(arguments));
    return JavaProcess.run(all, folder, folder.resolve("output.txt"), limit);
  }

  @Test
  @DisplayName("its exit code, both of its outputs and its arguments as they are")
  void ended() throws Exception {
    JavaProcess process = run(LONG, "3", "a \"b\" \\c", "#d e", "");
    assertThat(process.exitCode()).hasValue(3);
    assertThat(process.output())
        .contains("given: 3|a \"b\" \\c|#d e|")
        .contains("an error, in " + folder.toRealPath());
    assertThat(process.time()).isPositive().isLessThan(LONG);
    assertThat(process.requireEnd("a program")).isSameAs(process);
  }

  @Test
  @DisplayName("one that hangs is ended, and shows where it stands")
  void hanging() throws Exception {
    JavaProcess process = run(Duration.ofSeconds(3));
    assertThat(process.exitCode()).isEmpty();
    assertThat(process.output())
        .contains("given: ", "CountDownLatch.await", Program.class.getName());
    assertThatThrownBy(() -> process.requireEnd("a program"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("a program hangs: not done after 3 s", "CountDownLatch.await");
    assertThat(ProcessHandle.current().children())
        .noneMatch(child -> commandOf(child).contains("output.txt.arguments"));
  }

  private static String commandOf(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}

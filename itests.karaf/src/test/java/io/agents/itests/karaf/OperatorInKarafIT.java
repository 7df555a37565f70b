package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** Karaf as an operator sees it: itests/operator-in-karaf.sh does and prints every step. */
public class OperatorInKarafIT {

  /**
   * K1.10: install, look, flip, edit, be refused, upgrade, restart, remove; with bin/start and
   * bin/client.
   */
  @Test
  public void theOperatorsDay() throws Exception {
    Releases.make();
    Path output = Path.of("target/operator-in-karaf.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                "../itests/operator-in-karaf.sh",
                "target/karafs/apache-karaf.tar.gz",
                "target/repositories/features",
                System.getProperty("registry.version"),
                Releases.REPOSITORY.toString(),
                Releases.FIRST,
                Releases.SECOND)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    // Softly: the script then stops the Karaf that it started.
    boolean ended = process.waitFor(12, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy();
      process.waitFor(1, TimeUnit.MINUTES);
    }
    String printed = Files.readString(output);
    System.out.println(printed);
    assertThat(ended).as("it ended in time:%n%s", printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    assertThat(printed).contains("ok      feature:install").doesNotContain("WRONG");
  }
}

package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.spi.RegistryBackend;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Configuration files in a Felix of its own: what is changed by call is written back to them. */
public class WrittenBackIT extends RegistryContainer {

  private static final File FOLDER = new File("target/conf-written-back");

  @Configuration
  public Option[] felixWithTheWholeRegistryAndFileInstall() throws IOException {
    Files.createDirectories(FOLDER.toPath());
    for (File left : FOLDER.listFiles()) {
      Files.delete(left.toPath());
    }
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.fileInstallWritingBack(FOLDER),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags()
    };
  }

  /** F1.3: whichever came last counts, and the file says the same, with its comments kept. */
  @Test
  public void fileAndRunningStateAgree() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    write(FeatureFlags.PID, "# Who serves", FeatureFlags.USE_ETS + " = on");
    awaitImplementation(RegistryBackend.ETS);

    switchTo(RegistryBackend.LEGACY);
    awaitFile(FeatureFlags.PID, FeatureFlags.USE_ETS + " = off");
    switchTo(RegistryBackend.ETS);
    awaitFile(FeatureFlags.PID, FeatureFlags.USE_ETS + " = on");

    write(FeatureFlags.PID, "# Who serves", FeatureFlags.USE_ETS + " = off");
    awaitImplementation(RegistryBackend.LEGACY);
    awaitFile(FeatureFlags.PID, FeatureFlags.USE_ETS + " = off");
  }

  /** The registry's own file is given the target filter, and keeps what a person wrote into it. */
  @Test
  public void theTargetFilterIsInTheFile() throws Exception {
    write("io.agents.registry.core", "# The longest id", "id.max.length = 100");
    awaitFile("io.agents.registry.core", "id.max.length = 100");
    switchTo(RegistryBackend.ETS);
    awaitFile(
        "io.agents.registry.core",
        "# The longest id",
        "id.max.length = 100",
        "backend.target = (registry.implementation=ets)");
  }

  private static Path file(String pid) {
    return FOLDER.toPath().resolve(pid + ".cfg");
  }

  private void awaitFile(String pid, String... lines) {
    await(() -> "the file of " + pid + " to say " + List.of(lines))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Files.readAllLines(file(pid))).contains(lines));
  }

  private static void write(String pid, String... lines) throws IOException {
    // At once: File Install must not see half of it.
    Path half = Files.createTempFile(Path.of("target"), pid, ".half");
    Files.write(half, List.of(lines));
    Files.move(half, file(pid), StandardCopyOption.REPLACE_EXISTING);
  }
}

package io.agents.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.NotOwnerException;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.UnknownFlagException;
import io.agents.registry.spi.RegistryBackend;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Configuration by files, and bad input through files and the API. */
public class ConfigurationFileIT extends RegistryContainer {

  private static final File FOLDER = new File("target/conf");

  @Configuration
  public Option[] felixWithTheWholeRegistryAndFileInstall() throws IOException {
    Files.createDirectories(FOLDER.toPath());
    return new Option[] {
      Bundles.felixWithComponents(),
      Bundles.fileInstall(FOLDER),
      Bundles.registry(),
      Bundles.legacy(),
      Bundles.ets(),
      Bundles.flags()
    };
  }

  /**
   * The container is new, but the folder that it watches is not: nothing is left there for the
   * next.
   */
  @Before
  @After
  public void withoutFiles() throws Exception {
    for (File left : FOLDER.listFiles()) {
      Files.delete(left.toPath());
    }
    await(() -> "the configurations of former files to go")
        .atMost(PATIENCE)
        .until(() -> configurations.listConfigurations("(felix.fileinstall.filename=*)") == null);
    ServiceReference<?> service = owners.service();
    await(() -> "the limit of ids from a former file to go")
        .atMost(PATIENCE)
        .ignoreException(IllegalArgumentException.class)
        .until(() -> registry.registerOrReplace("longer than five", service, Map.of()) != null);
    registry.unregister("longer than five");
  }

  /** F1: a file sets the flag, a command changes it, a later change of the file counts again. */
  @Test
  public void aFileSetsTheFlag() throws Exception {
    awaitImplementation(RegistryBackend.LEGACY);
    write(FeatureFlags.PID, FeatureFlags.USE_ETS + " = on");
    awaitImplementation(RegistryBackend.ETS);
    switchTo(RegistryBackend.LEGACY);
    write(FeatureFlags.PID, FeatureFlags.USE_ETS + " = 100%", "# changed");
    awaitImplementation(RegistryBackend.ETS);
  }

  /** R13: a value that is not allowed leaves that flag as it was; nothing else changes. */
  @Test
  public void aBadValueInAFileChangesNothing() throws Exception {
    warnings.allow("is no value of a flag", "unknown key 'unknown_flag'");
    write(FeatureFlags.PID, FeatureFlags.USE_ETS + " = on");
    awaitImplementation(RegistryBackend.ETS);
    for (String bad : List.of("150", "-1", "NaN", "maybe", "")) {
      write(FeatureFlags.PID, FeatureFlags.USE_ETS + " = " + bad, "unknown_flag = 1");
      // The file was read once its other key is in the configuration.
      await(() -> "the file with " + bad + " to be read")
          .atMost(PATIENCE)
          .until(() -> bad.equals(configured(FeatureFlags.USE_ETS)));
      assertThat(flags().isEnabled(FeatureFlags.USE_ETS)).as(bad).isTrue();
      assertThat(admin.status().implementation()).as(bad).isEqualTo(RegistryBackend.ETS);
    }
  }

  /** R13, R5: limits from a file are in force while the registry runs; bad ones are not. */
  @Test
  public void limitsFromAFile() throws Exception {
    warnings.allow("metadata.max.values is 'none'", "the key 'bogus' is unknown");
    ServiceReference<?> service = owners.service();
    write(
        "io.agents.registry.core", "id.max.length = 5", "metadata.max.values = none", "bogus = 1");
    await(() -> "the limit of 5 characters")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> registry.register("longer", service, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("5"));
    registry.register("short", service, Map.of("a", 1));
    assertThat(registry.lookup("short")).isPresent();
  }

  /** R6: the indexed attributes change while agents are there. */
  @Test
  public void indexedAttributesFromAFile() throws Exception {
    switchTo(RegistryBackend.ETS);
    ServiceReference<?> service = owners.service();
    for (int i = 0; i < 50; i++) {
      registry.register("agent-" + i, service, Map.of("region", "r" + i % 5, "capability", "c"));
    }
    write("io.agents.registry.ets", "indexed.attributes = region, capability");
    await(() -> "the index of region; there are " + registry.indexedAttributes())
        .atMost(PATIENCE)
        .until(() -> registry.indexedAttributes().equals(Set.of("region", "capability")));
    assertThat(registry.findByAttribute("region", "r3")).hasSize(10);
    assertThat(registry.findByAttribute("capability", "c")).hasSize(50);
    assertThat(registry.count()).isEqualTo(50);
  }

  /** R13: bad input through the API changes nothing, in either mode. */
  @Test
  public void badInputThroughTheApi() throws Exception {
    for (String implementation : new String[] {RegistryBackend.LEGACY, RegistryBackend.ETS}) {
      switchTo(implementation);
      Bundle gone = owners.bundle();
      ServiceReference<?> dead = Owners.service(gone);
      gone.stop();
      ServiceReference<?> service = owners.service();
      assertThatThrownBy(() -> registry.register("", service, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> registry.register("a", service, Map.of("k", Map.of("o", new Object()))))
          .isInstanceOf(InvalidMetadataException.class)
          .hasMessageContaining("k.o");
      assertThatThrownBy(() -> registry.register("a", dead, Map.of()))
          .isInstanceOf(OwnerGoneException.class);
      assertThatThrownBy(() -> registry.parseQuery("(a=b"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("position 4");
      assertThatThrownBy(() -> flags().enable("no_such_flag", "test"))
          .isInstanceOf(UnknownFlagException.class)
          .hasMessageContaining(FeatureFlags.USE_ETS);
      assertThat(registry.count()).isZero();

      Bundle other = owners.bundle();
      admin.register("other", Owners.service(other), Map.of());
      registry.unregister("other");
      Owners.register(other, Map.of("agent.id", "others"));
      assertThatThrownBy(() -> registry.unregister("others")).isInstanceOf(NotOwnerException.class);
      assertThat(registry.lookup("others")).isPresent();
      other.stop();
      assertThat(registry.count()).isZero();
    }
  }

  private Object configured(String key) throws IOException {
    var properties = configurations.getConfiguration(FeatureFlags.PID, "?").getProperties();
    return properties == null ? null : properties.get(key);
  }

  private static Path file(String pid) {
    return FOLDER.toPath().resolve(pid + ".cfg");
  }

  private static void write(String pid, String... lines) throws IOException {
    // At once: File Install must not see half of it.
    Path half = Files.createTempFile(Path.of("target"), pid, ".half");
    Files.write(half, List.of(lines));
    Files.move(half, file(pid), StandardCopyOption.REPLACE_EXISTING);
  }
}

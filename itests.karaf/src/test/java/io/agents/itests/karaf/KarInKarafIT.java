package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.karaf.features.Feature;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * The KAR, put into the folder that Karaf watches, with no network and no repository but Karaf's
 * own; then an upgrade, bundle by bundle.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class KarInKarafIT extends KarafContainer {

  @Configuration
  public Option[] karafAsItComesAndNoRepository() throws IOException {
    return new Option[] {Karaf.withoutFeatures()};
  }

  /** K1.8: a KAR that is put into deploy brings all it needs. */
  @Test
  public void step1Install() throws Exception {
    Path deploy = Path.of(System.getProperty("karaf.base"), "deploy");
    Path half = deploy.resolveSibling("agent-registry.kar.half");
    Files.copy(Path.of(URI.create(System.getProperty("registry.kar"))), half);
    Files.move(half, deploy.resolve("agent-registry.kar"), StandardCopyOption.ATOMIC_MOVE);

    await(() -> "the features of the KAR")
        .until(
            () ->
                Arrays.stream(features.listInstalledFeatures())
                    .map(Feature::getName)
                    .toList()
                    .containsAll(List.of("agent-registry-shell", "agent-registry-fleet")));
    awaitConfigurationFilesRead();
    try (InKaraf karaf = new InKaraf(context)) {
      karaf.awaitImplementation("legacy");
      await(() -> "the fleet; there are " + karaf.ids()).until(() -> karaf.ids().size() == 8);
      karaf.switchTo("ets");
    }
    assertThat(new File(System.getProperty("karaf.etc"), "io.agents.registry.flags.cfg")).exists();
    assertThat(bundle("io.agents.registry.shell.karaf").getState()).isEqualTo(Bundle.ACTIVE);
  }

  /**
   * K1.14: what the KAR carries and does not install: the flags for code that speaks OpenFeature.
   */
  @Test
  public void step2OpenFeature() throws Exception {
    assertThat(features.listInstalledFeatures())
        .extracting(Feature::getName)
        .doesNotContain("agent-registry-openfeature");
    install("agent-registry-openfeature");
    assertThat(bundle("io.agents.registry.flags.openfeature").getState()).isEqualTo(Bundle.ACTIVE);
    try (InKaraf karaf = new InKaraf(context)) {
      for (String implementation : List.of("legacy", "ets")) {
        karaf.switchTo(implementation);
        String expected = implementation.equals("ets") ? "on" : "off";
        await(() -> "OpenFeature to say " + expected + "; it says " + OpenFeatureInKaraf.etsFlag())
            .until(() -> OpenFeatureInKaraf.etsFlag().equals(expected));
      }
    }
  }

  /** K1.9: each bundle is updated to a higher version under an application that goes on calling. */
  @Test
  public void step3UpdateEveryBundle() throws Exception {
    try (InKaraf karaf = new InKaraf(context);
        Application application = new Application(karaf.registry(), context)) {
      for (String name :
          List.of(
              "io.agents.registry.legacy",
              "io.agents.registry.ets",
              "io.agents.registry.flags",
              "io.agents.registry.shell.karaf",
              "io.agents.examples.fleet")) {
        update(bundle(name));
        application.moreCalls();
      }
      assertThat(application.failures()).isEmpty();
      karaf.awaitImplementation("ets");
    }
    // Of core the successor is asked: its service is another one.
    try (InKaraf karaf = new InKaraf(context)) {
      Agent mine =
          karaf
              .registry()
              .register("kept", Application.service(context), Map.of())
              .agent()
              .orElseThrow();
      update(bundle("io.agents.registry.core"));
      karaf.awaitImplementation("ets");
      assertThat(karaf.registry().lookup("kept").orElseThrow().registration())
          .isEqualTo(mine.registration());
      await(() -> "the fleet; there are " + karaf.ids()).until(() -> karaf.ids().size() == 9);
    }
  }

  private void update(Bundle bundle) throws Exception {
    Version before = bundle.getVersion();
    Version after = new Version(before.getMajor(), before.getMinor() + 1, 0);
    try (InputStream now = new URL(bundle.getLocation()).openStream()) {
      bundle.update(new ByteArrayInputStream(Rebuilt.bundle(now, after)));
    }
    assertThat(bundle.getVersion()).isEqualTo(after);
    assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
  }
}

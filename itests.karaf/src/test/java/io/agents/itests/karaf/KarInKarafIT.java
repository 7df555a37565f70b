package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.api.Agent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.karaf.features.Feature;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
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

  /** K1.9: each bundle is updated to a higher version under an application that goes on calling. */
  @Test
  public void step2UpdateEveryBundle() throws Exception {
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
    bundle.update(new ByteArrayInputStream(withVersion(bundle.getLocation(), after)));
    assertThat(bundle.getVersion()).isEqualTo(after);
    assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
  }

  /** The same bundle, as a later build would make it. */
  private static byte[] withVersion(String location, Version version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new URL(location).openStream();
        JarInputStream from = new JarInputStream(in)) {
      Manifest manifest = from.getManifest();
      manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version.toString());
      try (JarOutputStream to = new JarOutputStream(bytes, manifest)) {
        for (JarEntry entry = from.getNextJarEntry();
            entry != null;
            entry = from.getNextJarEntry()) {
          to.putNextEntry(new JarEntry(entry.getName()));
          from.transferTo(to);
          to.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }
}

package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.features.FeaturesService;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * What the resolver chooses by the manifests alone; install from the file of features into a Karaf
 * as it comes from Apache, use, and remove.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class FeaturesInKarafIT extends KarafContainer {

  private static final String FLAGS = "io.agents.registry.flags.cfg";
  private static final List<String> FLEET =
      List.of(
          "archivist-1",
          "planner-1",
          "router-1",
          "sentiment-1",
          "summariser-1",
          "translator-1",
          "translator-2",
          "vision-1");

  @Configuration
  public Option[] karafAsItComes() throws IOException {
    return new Option[] {Karaf.plain()};
  }

  /**
   * K1.11: a bundle that only requires the service gets the registry, an implementation and SCR.
   */
  @Test
  public void step0TheResolverPicksAnImplementation() throws Exception {
    URI consumer = ConsumerFeature.write(Path.of(System.getProperty("karaf.base"), "consumer"));
    features.addRepository(consumer);
    install("consumer");

    List<String> names = ours().stream().map(Bundle::getSymbolicName).sorted().toList();
    assertThat(names)
        .contains("io.agents.registry.api", "io.agents.registry.core", "io.agents.itests.consumer")
        .doesNotContain("io.agents.examples.fleet", "io.agents.registry.flags")
        .containsAnyOf("io.agents.registry.ets", "io.agents.registry.legacy");
    assertThat(bundle("org.apache.felix.scr").getState()).isEqualTo(Bundle.ACTIVE);
    for (String service :
        List.of("io.agents.registry.api.AgentRegistry", "io.agents.registry.spi.RegistryBackend")) {
      await(() -> "a service " + service)
          .until(() -> context.getAllServiceReferences(service, null) != null);
    }
    features.uninstallFeature("consumer");
    features.removeRepository(consumer);
    assertThat(ours()).isEmpty();
  }

  /**
   * K1.1: one line installs it; configuration files are laid into etc, and a changed one is kept.
   */
  @Test
  public void step1Install() throws Exception {
    Files.writeString(etc("io.agents.registry.ets.cfg").toPath(), "indexed.attributes = mine\n");

    features.addRepository(URI.create(Karaf.FEATURES));
    install("agent-registry", "agent-registry-shell", "agent-registry-fleet");

    try (InKaraf karaf = new InKaraf(context)) {
      karaf.awaitImplementation("legacy");
      await(() -> "the fleet; there are " + karaf.ids()).until(() -> karaf.ids().equals(FLEET));
    }
    assertThat(Files.readString(etc("io.agents.registry.ets.cfg").toPath()))
        .isEqualTo("indexed.attributes = mine\n");
    assertThat(Files.readString(etc(FLAGS).toPath()))
        .contains("# Whether the backend ets serves")
        .contains("use_ets_agent_registry = off");
    for (Bundle bundle : ours()) {
      assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
    }
    assertThat(ours()).hasSize(7);
  }

  /** K1.2: a flag changed by code is written back to its file, with the comments kept. */
  @Test
  public void step2FlipAndBack() throws Exception {
    awaitConfigurationFilesRead();
    try (InKaraf karaf = new InKaraf(context)) {
      for (String implementation : List.of("ets", "legacy", "ets")) {
        karaf.switchTo(implementation);
        assertThat(karaf.ids()).isEqualTo(FLEET);
        String value = implementation.equals("ets") ? "on" : "off";
        await(() -> "the file to say " + value)
            .until(
                () ->
                    Files.readString(etc(FLAGS).toPath())
                        .contains("use_ets_agent_registry = " + value));
        assertThat(Files.readString(etc(FLAGS).toPath()))
            .contains("# Whether the backend ets serves");
      }
      assertThat(karaf.registry().indexedAttributes()).containsExactly("mine");
    }
  }

  /** K1.3: what an operator writes into the files takes effect while Karaf runs. */
  @Test
  public void step3EditByHand() throws Exception {
    try (InKaraf karaf = new InKaraf(context)) {
      Path file = etc(FLAGS).toPath();
      Files.writeString(
          file,
          Files.readString(file)
              .replace("use_ets_agent_registry = on", "use_ets_agent_registry = off"));
      karaf.awaitImplementation("legacy");
      // File Install is done with that edit when it has written back what followed from it. A
      // second edit before that
      // would be taken for outdated.
      await(() -> "the file of core to say what followed")
          .until(
              () ->
                  Files.readString(etc("io.agents.registry.core.cfg").toPath())
                      .contains("backend.target = (registry.implementation=legacy)"));

      Files.writeString(
          file,
          Files.readString(file)
              .replace("use_ets_agent_registry = off", "use_ets_agent_registry = 100%"));
      karaf.awaitImplementation("ets");
      assertThat(karaf.ids()).isEqualTo(FLEET);

      Files.writeString(
          etc("io.agents.registry.ets.cfg").toPath(), "indexed.attributes = capability,node\n");
      await(() -> "other indexes than " + karaf.registry().indexedAttributes())
          .until(() -> karaf.registry().indexedAttributes().equals(Set.of("capability", "node")));
    }
  }

  /** K1.4: with the fleet stopped nobody is there; started again, all are. */
  @Test
  public void step4StopOfTheFleet() throws Exception {
    try (InKaraf karaf = new InKaraf(context)) {
      bundle("io.agents.examples.fleet").stop();
      assertThat(karaf.ids()).isEmpty();
      bundle("io.agents.examples.fleet").start();
      await(() -> "the fleet; there are " + karaf.ids()).until(() -> karaf.ids().equals(FLEET));
    }
  }

  /** K1.5: the removal leaves no service, bundle, thread or file of ours but the configuration. */
  @Test
  public void step5Remove() throws Exception {
    for (String feature :
        List.of("agent-registry-fleet", "agent-registry-shell", "agent-registry")) {
      // A refresh would take this test's own bundle along; the operator's script removes with one.
      features.uninstallFeature(feature, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
    }
    features.removeRepository(URI.create(Karaf.FEATURES));

    assertThat(ours()).isEmpty();
    assertThat(servicesOfOurs()).isEmpty();
    // A thread that was told to end needs a moment for it.
    await(() -> "no thread of ours; there are " + threadsOfOurs())
        .until(() -> threadsOfOurs().isEmpty());
    assertThat(filesOfOurs())
        .containsExactly(
            "etc/io.agents.registry.core.cfg",
            "etc/io.agents.registry.ets.cfg",
            "etc/io.agents.registry.flags.cfg",
            "etc/io.agents.registry.rollout.cfg",
            "etc/io.agents.registry.selector.cfg");
    assertThat(etc("org.apache.karaf.command.acl.flags.cfg")).exists();
  }

  private List<String> servicesOfOurs() throws Exception {
    ServiceReference<?>[] all = context.getAllServiceReferences(null, null);
    return Arrays.stream(all)
        .filter(
            service ->
                Arrays.stream((String[]) service.getProperty("objectClass"))
                        .anyMatch(type -> type.startsWith("io.agents.registry"))
                    || service.getProperty("agent.id") != null)
        .map(String::valueOf)
        .toList();
  }

  /** By what runs in them, not by their names. */
  private static Set<String> threadsOfOurs() {
    Set<String> threads = new TreeSet<>();
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      ClassLoader loader = thread.getKey().getContextClassLoader();
      boolean ours =
          Arrays.stream(thread.getValue())
              .anyMatch(
                  frame ->
                      frame.getClassName().startsWith("io.agents.")
                          && !frame.getClassName().startsWith("io.agents.itests."));
      if (ours || String.valueOf(loader).contains("io.agents.registry")) {
        threads.add(thread.getKey().getName());
      }
    }
    return threads;
  }

  /** Below Karaf's folder; not the test's own, and not the addresses of what was installed. */
  private static List<String> filesOfOurs() throws IOException {
    Path home = Path.of(System.getProperty("karaf.base"));
    try (var all = Files.walk(home)) {
      return all.filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .filter(file -> file.contains("agent"))
          .filter(file -> file.contains("registry") || file.contains("fleet"))
          // Where ConfigurationAdmin keeps the configuration.
          .filter(file -> !file.matches("data/cache/bundle\\d+/data/config/.*\\.config"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}

package io.agents.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;

/**
 * From one release to the next, and from that to this build, while an application goes on
 * registering and looking up. Nothing here names a type of the registry, so that a refresh of its
 * API takes the application along and not this test.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class UpgradeInKarafIT extends KarafContainer {

  private static final String THIS = System.getProperty("registry.version");
  private static final String[] FEATURES = {
    "agent-registry", "agent-registry-shell", "agent-registry-fleet"
  };

  /** Of whose update no application takes notice; in this order, and core after them. */
  private static final List<String> UNNOTICED =
      List.of(
          "registry.api",
          "registry.legacy",
          "registry.ets",
          "registry.flags",
          "registry.shell.karaf",
          "examples.fleet");

  @Configuration
  public Option[] karafAndReleases() throws IOException {
    Releases.make();
    return new Option[] {Karaf.withReleases()};
  }

  /** K1.12: bundle by bundle; then the features are told, and find everything done. */
  @Test
  public void step1BundleByBundle() throws Exception {
    features.addRepository(repository(Releases.FIRST));
    install(FEATURES);
    awaitConfigurationFilesRead();
    switchOn(etc("io.agents.registry.flags.cfg").toPath());
    // An agent by its property; its bundle knows nothing of the registry.
    context.registerService(
        Object.class, new Object(), FrameworkUtil.asDictionary(Map.of("agent.id", "published")));
    context.installBundle("application", application()).start();
    Supplier<Map<String, Object>> application = theApplication();
    awaitAgents(application);

    for (String name : UNNOTICED) {
      update(name);
      awaitMoreCalls(application);
    }
    assertThat(application.get().get("refused")).as("refused calls").isEqualTo(0L);
    update("registry.core");
    awaitMoreCalls(application);
    awaitAgents(application);

    features.addRepository(repository(Releases.SECOND));
    List<String> events = new CopyOnWriteArrayList<>();
    SynchronousBundleListener listener =
        event -> events.add(event.getBundle() + " event " + event.getType());
    context.addBundleListener(listener);
    upgrade();
    context.removeBundleListener(listener);
    assertThat(events).as("what the upgrade of the features does to bundles").isEmpty();
    assertThat(installed()).containsOnly(Releases.SECOND);
    assertThat(theApplication()).as("the application, never restarted").isSameAs(application);
    awaitMoreCalls(application);
    assertThat(failures(application)).isEmpty();
    System.out.println("UpgradeInKarafIT: bundle by bundle, the application " + application.get());
  }

  /** K1.13: the features at once; who uses the API is restarted, and all agents come back. */
  @Test
  public void step2FeaturesAtOnce() throws Exception {
    Supplier<Map<String, Object>> before = theApplication();
    Files.writeString(etc("io.agents.registry.ets.cfg").toPath(), "indexed.attributes = mine\n");
    features.addRepository(repository(THIS));
    long begin = System.nanoTime();
    upgrade();
    System.out.println(
        "UpgradeInKarafIT: the features at once in "
            + Duration.ofNanos(System.nanoTime() - begin).toMillis()
            + " ms");

    await(() -> "the successor of the application").until(() -> theApplication() != before);
    Supplier<Map<String, Object>> application = theApplication();
    awaitAgents(application);
    awaitMoreCalls(application);
    assertThat(failures(before)).as("until it was stopped").isEmpty();
    assertThat(failures(application)).isEmpty();
    assertThat(installed()).containsOnly(THIS.replace("-", "."));
    assertThat(Files.readString(etc("io.agents.registry.ets.cfg").toPath()))
        .isEqualTo("indexed.attributes = mine\n");
    for (Bundle bundle : ours()) {
      if (!bundle.getSymbolicName().contains("itests")) {
        assertThat(bundle.getVersion().toString())
            .as(bundle.toString())
            .isEqualTo(THIS.replace("-", "."));
      }
      assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
    }
  }

  private static URI repository(String version) {
    return URI.create(Karaf.FEATURES.replace(THIS, version));
  }

  /** As {@code feature:install --upgrade} does it. */
  private void upgrade() throws Exception {
    features.installFeatures(Set.of(FEATURES), EnumSet.of(FeaturesService.Option.Upgrade));
  }

  /** The versions of the features that are installed. */
  private List<String> installed() throws Exception {
    return Arrays.stream(features.listInstalledFeatures())
        .filter(feature -> List.of(FEATURES).contains(feature.getName()))
        .map(Feature::getVersion)
        .toList();
  }

  /** As {@code bundle:update} does it. */
  private void update(String name) throws Exception {
    Bundle bundle = bundle("io.agents." + name);
    URL next = new URL("mvn:io.agents.registry/" + name + "/" + Releases.SECOND);
    try (InputStream in = next.openStream()) {
      bundle.update(in);
    }
    assertThat(bundle.getVersion()).isEqualTo(new Version(Releases.SECOND));
    assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
  }

  private static void switchOn(Path flags) throws IOException {
    String now = Files.readString(flags);
    assertThat(now).contains("use_ets_agent_registry = off");
    Files.writeString(
        flags, now.replace("use_ets_agent_registry = off", "use_ets_agent_registry = on"));
  }

  @SuppressWarnings("unchecked")
  private Supplier<Map<String, Object>> theApplication() throws InvalidSyntaxException {
    ServiceReference<?>[] found =
        context.getAllServiceReferences(Supplier.class.getName(), "(application=io.agents.itests)");
    return found == null ? null : (Supplier<Map<String, Object>>) context.getService(found[0]);
  }

  /** Of the fleet, of the test, and of the application; in the chosen implementation. */
  private void awaitAgents(Supplier<Map<String, Object>> application) {
    await(application.get()::toString)
        .until(
            () -> {
              Map<String, Object> now = application.get();
              return now.get("implementation").equals("ets")
                  && ((List<?>) now.get("ids"))
                      .containsAll(List.of("published", "stays", "summariser-1", "vision-1"));
            });
  }

  private void awaitMoreCalls(Supplier<Map<String, Object>> application) {
    long enough = (Long) application.get().get("calls") + 400;
    await(() -> "more calls of the application: " + application.get())
        .until(
            () ->
                (Long) application.get().get("calls") >= enough
                    || !failures(application).isEmpty());
    assertThat(failures(application)).isEmpty();
  }

  private static List<?> failures(Supplier<Map<String, Object>> application) {
    return (List<?>) application.get().get("failures");
  }

  /** A bundle of the class that is the application; by name, for this test must not load it. */
  private static InputStream application() throws IOException {
    String activator = "io.agents.itests.karaf.application.Activator";
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "io.agents.itests.application");
    headers.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    headers.putValue(Constants.BUNDLE_ACTIVATOR, activator);
    headers.putValue(
        Constants.IMPORT_PACKAGE,
        "io.agents.registry.api;version=\"[1.0,2)\",org.osgi.framework,org.osgi.util.tracker");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String file = activator.replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        InputStream in = UpgradeInKarafIT.class.getClassLoader().getResourceAsStream(file)) {
      jar.putNextEntry(new JarEntry(file));
      in.transferTo(jar);
      jar.closeEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}

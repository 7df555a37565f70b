package io.agents.itests;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** Who may use whom, read from the manifests of the bundles as they are shipped. */
public class ArchitectureIT {

  private static final String API = "io.agents.registry.api";
  private static final String SPI = "io.agents.registry.spi";
  private static final String FLAGS = "io.agents.registry.flags";

  /** Which packages of ours each bundle may import. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("registry.api", Set.of(API, SPI)),
          entry("registry.core", Set.of(API, SPI)),
          entry("registry.legacy", Set.of(API, SPI)),
          entry("registry.ets", Set.of(API, SPI)),
          entry("registry.flags", Set.of(API, SPI, FLAGS)),
          entry("registry.shell", Set.of(API, SPI, FLAGS)),
          entry("examples.fleet", Set.of(API)),
          entry("registry.testkit", Set.of(API, SPI, "io.agents.registry.testkit")));

  /** What each bundle exports. */
  private static final Map<String, Set<String>> EXPORTS =
      Map.ofEntries(
          entry("registry.api", Set.of(API, SPI)),
          entry("registry.core", Set.of()),
          entry("registry.legacy", Set.of()),
          entry("registry.ets", Set.of()),
          entry("registry.flags", Set.of(FLAGS)),
          entry("registry.shell", Set.of()),
          entry("examples.fleet", Set.of()),
          entry(
              "registry.testkit",
              Set.of(
                  "io.agents.registry.testkit",
                  "io.agents.registry.testkit.junit5",
                  "io.agents.registry.testkit.reliability")));

  /** Packages of the Java platform, which gives them no versions. */
  private static final Set<String> WITHOUT_VERSION = Set.of("javax.tools");

  /** Optional imports; the reason for each stands in docs/decisions.md. */
  private static final Map<String, Set<String>> OPTIONAL =
      Map.of(
          "registry.core", Set.of("org.osgi.service.event"),
          "registry.flags", Set.of("org.osgi.service.event"),
          "registry.testkit", Set.of("org.junit.jupiter.api", "org.junit.jupiter.api.function"));

  @Test
  public void nobodyImportsWhatItMayNotUse() throws IOException {
    for (String bundle : MAY_USE.keySet()) {
      Set<String> ours = new TreeSet<>(clauses(bundle, "Import-Package").keySet());
      ours.removeIf(name -> !name.startsWith("io.agents."));
      assertThat(MAY_USE.get(bundle))
          .as("packages of ours that %s imports", bundle)
          .containsAll(ours);
    }
  }

  @Test
  public void nothingIsExportedButTheContracts() throws IOException {
    for (String bundle : EXPORTS.keySet()) {
      assertThat(clauses(bundle, "Export-Package").keySet())
          .as("packages that %s exports", bundle)
          .isEqualTo(EXPORTS.get(bundle));
    }
  }

  @Test
  public void everyImportHasARangeAndIsNeeded() throws IOException {
    for (String bundle : MAY_USE.keySet()) {
      Set<String> optional = new TreeSet<>();
      for (Map.Entry<String, String> clause : clauses(bundle, "Import-Package").entrySet()) {
        if (clause.getValue().contains("resolution:=optional")) {
          optional.add(clause.getKey());
        }
        if (!WITHOUT_VERSION.contains(clause.getKey())) {
          assertThat(clause.getValue())
              .as("import of %s by %s", clause.getKey(), bundle)
              .containsPattern("version=\"\\[[^\"]+[)\\]]\"");
        }
      }
      assertThat(optional)
          .as("optional imports of %s", bundle)
          .isEqualTo(OPTIONAL.getOrDefault(bundle, Set.of()));
      assertThat(manifest(bundle).getValue("Require-Bundle")).as(bundle).isNull();
      assertThat(manifest(bundle).getValue("DynamicImport-Package")).as(bundle).isNull();
    }
  }

  @Test
  public void theSymbolicNameIsTheFolder() throws IOException {
    for (String bundle : MAY_USE.keySet()) {
      assertThat(manifest(bundle).getValue("Bundle-SymbolicName")).isEqualTo("io.agents." + bundle);
    }
  }

  /** So that a resolver finds an implementation, and Declarative Services, by itself. */
  @Test
  public void servicesAreAnnouncedInTheManifests() throws IOException {
    assertThat(manifest("registry.core").getValue("Provide-Capability"))
        .contains("osgi.service", API + ".AgentRegistry", API + ".RegistryAdmin");
    for (String backend : new String[] {"registry.legacy", "registry.ets"}) {
      assertThat(manifest(backend).getValue("Provide-Capability"))
          .contains("osgi.service", SPI + ".RegistryBackend");
      assertThat(manifest(backend).getValue("Require-Capability")).contains("osgi.component");
    }
  }

  private static Attributes manifest(String bundle) throws IOException {
    try (JarFile jar = new JarFile(new File("target/bundles/" + bundle + ".jar"))) {
      return jar.getManifest().getMainAttributes();
    }
  }

  /** The clauses of a header by package, each with its attributes and directives. */
  private static Map<String, String> clauses(String bundle, String header) throws IOException {
    String value = manifest(bundle).getValue(header);
    Map<String, String> clauses = new TreeMap<>();
    for (String clause : split(value == null ? "" : value)) {
      int end = clause.indexOf(';');
      clauses.put(
          end < 0 ? clause : clause.substring(0, end), end < 0 ? "" : clause.substring(end));
    }
    return clauses;
  }

  /** At commas outside of quotes. */
  private static List<String> split(String header) {
    List<String> clauses = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+").matcher(header);
    while (matcher.find()) {
      clauses.add(matcher.group());
    }
    return clauses;
  }
}

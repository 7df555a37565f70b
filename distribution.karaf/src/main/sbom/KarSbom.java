import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Writes what bundles a KAR carries, as an SBOM of CycloneDX: by what is in its repository, for no dependency of this module
 * says what a feature of Karaf brings. What is inside of a bundle is in the SBOM of its own module. Run by the build: {@code java KarSbom.java <repository> <version> <file>}.
 */
final class KarSbom {

  private KarSbom() {}

  public static void main(String[] arguments) throws Exception {
    Path repository = Path.of(arguments[0]);
    List<Path> jars;
    try (Stream<Path> all = Files.walk(repository)) {
      jars = all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    if (jars.isEmpty()) {
      throw new IOException("there is no bundle in " + repository);
    }
    StringJoiner components = new StringJoiner(",\n");
    for (Path jar : jars) {
      components.add(component(repository.relativize(jar), jar));
    }
    String own =
        "{\"type\": \"application\", \"group\": \"io.agents.registry\", \"name\": \"agent-registry.kar\", \"version\": "
            + quoted(arguments[1])
            + "}";
    Files.writeString(
        Path.of(arguments[2]),
        "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n  \"metadata\": {\"component\": "
            + own
            + "},\n  \"components\": [\n"
            + components
            + "\n  ]\n}\n");
  }

  /** Where a bundle lies in a Maven repository says what it is. */
  private static String component(Path path, Path jar) throws Exception {
    int names = path.getNameCount();
    String version = path.getName(names - 2).toString();
    String artifact = path.getName(names - 3).toString();
    StringJoiner group = new StringJoiner(".");
    path.subpath(0, names - 3).forEach(name -> group.add(name.toString()));
    String purl = "pkg:maven/" + group + "/" + artifact + "@" + version + "?type=jar";
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    return "    {\"type\": \"library\", \"group\": "
        + quoted(group.toString())
        + ", \"name\": "
        + quoted(artifact)
        + ", \"version\": "
        + quoted(version)
        + ", \"purl\": "
        + quoted(purl)
        + ", \"bom-ref\": "
        + quoted(purl)
        + ",\n     \"hashes\": [{\"alg\": \"SHA-256\", \"content\": "
        + quoted(HexFormat.of().formatHex(hash))
        + "}]"
        + licence(jar)
        + "}";
  }

  /** As the bundle's manifest names it; not all do. */
  private static String licence(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String licence = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-License");
      return licence == null ? "" : ", \"licenses\": [{\"license\": {\"name\": " + quoted(licence) + "}}]";
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append('?');
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}

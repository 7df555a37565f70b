package io.agents.itests.karaf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** What this build has made, as an earlier or a later one would have made it. */
final class Rebuilt {

  private Rebuilt() {}

  /** The same bundle with another version. */
  static byte[] bundle(InputStream original, Version version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarInputStream from = new JarInputStream(original)) {
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

  /**
   * Adds a release with another version to a Maven repository: the bundles, the features and the
   * configuration files.
   *
   * @param current a repository that has those of this build
   */
  static void release(Path current, Path repository, String version) throws IOException {
    String now = System.getProperty("registry.version");
    List<Path> files;
    try (Stream<Path> all = Files.walk(current.resolve("io/agents/registry"))) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> file.getFileName().toString().contains(now))
              .toList();
    }
    for (Path file : files) {
      Path target = repository.resolve(current.relativize(file).toString().replace(now, version));
      Files.createDirectories(target.getParent());
      if (target.toString().endsWith(".jar")) {
        try (InputStream in = Files.newInputStream(file)) {
          Files.write(target, bundle(in, new Version(version)));
        }
      } else {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(target, text.replace(now, version), StandardCharsets.UTF_8);
      }
    }
  }
}

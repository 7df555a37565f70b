package io.agents.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The bundles that the build has made, and those of others. If a bug is planted in a module, its
 * bundle is one with the broken classes in it.
 */
final class BundleFiles {

  private static final Path FOLDER = Path.of("target", "bundles");
  private static final String PLANTED_MODULE = System.getProperty("registry.planted.module", "");
  private static final String PLANTED_CLASSES = System.getProperty("registry.planted.classes", "");

  private BundleFiles() {}

  /**
   * The file of a bundle.
   *
   * @param name its artifact, without version
   */
  static Path of(String name) throws IOException {
    Path file = FOLDER.resolve(name + ".jar");
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("there is no bundle " + file.toAbsolutePath());
    }
    return name.equals(PLANTED_MODULE) ? planted(file) : file;
  }

  private static Path planted(Path bundle) throws IOException {
    Path broken = Path.of(PLANTED_CLASSES).resolveSibling(bundle.getFileName());
    Map<String, byte[]> content = new TreeMap<>();
    try (JarFile jar = new JarFile(bundle.toFile())) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        try (InputStream in = jar.getInputStream(entry)) {
          content.put(entry.getName(), in.readAllBytes());
        }
      }
      overlay(content);
      content.remove(JarFile.MANIFEST_NAME);
      try (JarOutputStream out =
          new JarOutputStream(Files.newOutputStream(broken), jar.getManifest())) {
        for (Map.Entry<String, byte[]> entry : content.entrySet()) {
          out.putNextEntry(new JarEntry(entry.getKey()));
          out.write(entry.getValue());
          out.closeEntry();
        }
      }
    }
    return broken;
  }

  private static void overlay(Map<String, byte[]> content) throws IOException {
    Path classes = Path.of(PLANTED_CLASSES);
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(path).toString().replace('\\', '/');
        content.put(name, Files.readAllBytes(path));
      }
    }
  }
}

package io.agents.reliability;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

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

  /**
   * The content of a bundle as the next build would make it: the same, with a higher version.
   *
   * @param name its artifact, without version
   * @param micro the micro version, above that of the build
   */
  static InputStream raised(String name, int micro) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarFile jar = new JarFile(of(name).toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      Version version =
          Version.parseVersion(manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION));
      manifest
          .getMainAttributes()
          .putValue(
              Constants.BUNDLE_VERSION,
              new Version(version.getMajor(), version.getMinor(), version.getMicro() + micro)
                  .toString());
      try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
        for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
          JarEntry entry = all.nextElement();
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
            out.closeEntry();
          }
        }
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
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

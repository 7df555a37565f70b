package io.agents.itests.karaf;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * A feature with a bundle that requires nothing but the service AgentRegistry. All else is there
 * for the resolver to choose from: a bundle that is a "dependency" is installed only if one needs
 * it.
 */
final class ConsumerFeature {

  private static final List<String> CANDIDATES =
      List.of(
          "io.agents.registry/registry.api/VERSION",
          "io.agents.registry/registry.core/VERSION",
          "io.agents.registry/registry.legacy/VERSION",
          "io.agents.registry/registry.ets/VERSION",
          "io.agents.registry/registry.flags/VERSION",
          "io.agents.registry/examples.fleet/VERSION",
          "org.osgi/org.osgi.service.component/1.5.1",
          "org.apache.felix/org.apache.felix.scr/2.2.6");

  private ConsumerFeature() {}

  /** The address of the file of features, in the folder. */
  static URI write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path jar = folder.resolve("consumer.jar");
    writeConsumer(jar);
    StringBuilder xml =
        new StringBuilder("<features name='consumer' ")
            .append("xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>")
            .append("<feature name='consumer' version='1.0.0'><bundle>")
            .append(jar.toUri())
            .append("</bundle>");
    for (String candidate : CANDIDATES) {
      xml.append("<bundle dependency='true'>mvn:")
          .append(candidate.replace("VERSION", System.getProperty("registry.version")))
          .append("</bundle>");
    }
    Path file = folder.resolve("consumer-features.xml");
    Files.writeString(file, xml.append("</feature></features>"));
    return file.toUri();
  }

  private static void writeConsumer(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "io.agents.itests.consumer");
    headers.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    headers.putValue(
        Constants.REQUIRE_CAPABILITY,
        "osgi.service;filter:=\"(objectClass=io.agents.registry.api.AgentRegistry)\""
            + ";effective:=active");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream empty = new JarOutputStream(out, manifest)) {
      empty.finish();
    }
  }
}

package io.agents.examples.fleet.internal;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the build made of the components: the properties that the registry will read. */
class FleetDescriptionsTest {

  @Test
  void sevenComponentsDescribeThemselvesAndOneRegistersItself() throws Exception {
    List<String> ids =
        components().stream()
            .filter(c -> c.containsKey("agent.id"))
            .map(c -> c.get("agent.id"))
            .sorted()
            .toList();

    assertThat(ids)
        .containsExactly(
            "archivist-1",
            "planner-1",
            "router-1",
            "sentiment-1",
            "translator-1",
            "translator-2",
            "vision-1")
        .doesNotContain(Summariser.ID);
  }

  @Test
  void propertiesHaveTheNamesAndTypesOfMetadata() throws Exception {
    Map<String, String> translator =
        components().stream()
            .filter(c -> "translator-2".equals(c.get("agent.id")))
            .findFirst()
            .orElseThrow();

    assertThat(translator)
        .containsEntry("agent.capability", "translation")
        .containsEntry("agent.health_status", "degraded")
        .containsEntry("agent.node", "node-2")
        .containsEntry("agent.languages", "en fr")
        .containsEntry("agent.resources.memory", "Integer 1024")
        .containsEntry("agent.resources.cpu", "Double 1.0");
  }

  private static List<Map<String, String>> components() throws Exception {
    Path classes =
        Path.of(Summariser.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("OSGI-INF"))) {
      return files
          .filter(file -> file.toString().endsWith(".xml"))
          .map(file -> properties(file))
          .toList();
    }
  }

  /** The properties of a component, with their type where it is not text. */
  private static Map<String, String> properties(Path file) {
    try {
      Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
      NodeList elements = xml.getElementsByTagName("property");
      return Stream.iterate(0, i -> i < elements.getLength(), i -> i + 1)
          .map(i -> (Element) elements.item(i))
          .collect(toMap(e -> e.getAttribute("name"), e -> value(e)));
    } catch (Exception e) {
      throw new IllegalStateException(file + " is not readable", e);
    }
  }

  private static String value(Element property) {
    String type = property.getAttribute("type");
    String text = property.getAttribute("value") + property.getTextContent();
    String value = text.strip().replaceAll("\\s+", " ");
    return type.isEmpty() || type.equals("String") ? value : type + " " + value;
  }
}

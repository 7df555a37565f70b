package io.agents.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R13.2: an attribute is read as a query reads it. */
class AttributeReaderTest {

  private static List<Object> read(AttributeReader reader, Map<String, ?> metadata) {
    List<Object> values = new ArrayList<>();
    reader.forEachValue(metadata, values::add);
    return values;
  }

  @Test
  @DisplayName("R13.2 one reader reads metadata after metadata, by each way of reading the path")
  void readsAgainAndAgain() {
    AttributeReader reader = AttributeReader.of("resources.memory");
    assertThat(reader.attribute()).isEqualTo("resources.memory");
    assertThat(read(reader, Metadata.copyOf(Map.of("resources", Map.of("memory", 512)))))
        .containsExactly(512);
    assertThat(read(reader, Map.of("resources.memory", List.of(1, 2)))).containsExactly(1, 2);
    assertThat(read(reader, Metadata.empty())).isEmpty();
    assertThat(read(reader, Map.of("resources", Map.of("memory", Map.of("free", 1))))).isEmpty();
  }

  @Test
  @DisplayName("R13.2 a name that is no attribute name is refused")
  void refusesWrongNames() {
    for (String name : List.of("", " a", "a=b", "!a")) {
      assertThatThrownBy(() -> AttributeReader.of(name))
          .as(name)
          .isInstanceOf(InvalidQueryException.class);
    }
    assertThatThrownBy(() -> AttributeReader.of(null)).isInstanceOf(InvalidQueryException.class);
  }
}

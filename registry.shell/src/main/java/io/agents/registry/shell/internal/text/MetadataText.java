package io.agents.registry.shell.internal.text;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metadata as text, as {@link MetadataInput} reads it: {@code capability=[planning,routing]
 * node=node-1 resources={cpu=0.5,memory=512}}, sorted by key. Text stands in double quotes where it
 * would be read as something else, such as {@code version="5"}.
 */
public final class MetadataText {

  private static final Pattern PLAIN =
      Pattern.compile("[^\\s\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp},=\"\\\\\\[\\]{}]+");

  private MetadataText() {}

  /**
   * Writes metadata.
   *
   * @param metadata the metadata
   * @return {@code key=value}, sorted by key, separated by spaces; empty text if there is none
   */
  public static String of(Map<String, ?> metadata) {
    return entries(metadata).collect(Collectors.joining(" "));
  }

  /**
   * Writes one value.
   *
   * @param value a value of metadata
   * @return its text
   */
  public static String ofValue(Object value) {
    if (value instanceof Map<?, ?> map) {
      return entries(map).collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> elements) {
      Stream<String> texts = elements.stream().map(MetadataText::ofValue);
      // Those of a set have no order; the same metadata has always the same text.
      return (elements instanceof Set ? texts.sorted() : texts)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String || value instanceof Character
        ? quotedIfNeeded(value.toString())
        : value.toString();
  }

  private static Stream<String> entries(Map<?, ?> map) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    return sorted.entrySet().stream()
        .map(entry -> quotedIfNotPlain(entry.getKey()) + "=" + ofValue(entry.getValue()));
  }

  private static String quotedIfNeeded(String text) {
    return MetadataInput.scalar(text) instanceof String ? quotedIfNotPlain(text) : quoted(text);
  }

  private static String quotedIfNotPlain(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

package io.agents.registry.shell.internal.text;

import io.agents.registry.shell.internal.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known of one thing: a line a field, the values aligned. */
public final class Fields {

  private static final String GAP = "  ";

  private final Map<String, String> fields = new LinkedHashMap<>();

  /**
   * Adds a field.
   *
   * @param name what it is called
   * @param value its value, as text
   * @return these fields
   */
  public Fields field(String name, Object value) {
    fields.put(Printable.of(name), Printable.of(String.valueOf(value)));
    return this;
  }

  /**
   * The fields as text.
   *
   * @return a line a field, without a line break at the end
   */
  public String render() {
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    return fields.entrySet().stream()
        .map(field -> render(field.getKey(), field.getValue(), width))
        .collect(Collectors.joining("\n"));
  }

  private static String render(String name, String value, int width) {
    return (name + " ".repeat(width - name.length()) + GAP + value).stripTrailing();
  }
}

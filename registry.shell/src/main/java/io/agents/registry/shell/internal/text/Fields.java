package io.agents.registry.shell.internal.text;

import io.agents.registry.shell.internal.Printable;
import java.util.ArrayList;
import java.util.List;

/** What is known of one thing: a line a field, the values aligned. */
public final class Fields {

  private final List<List<String>> fields = new ArrayList<>();

  /**
   * Adds a field.
   *
   * @param name what it is called
   * @param value its value, as text
   * @return these fields
   */
  public Fields field(String name, Object value) {
    fields.add(List.of(Printable.of(name), Printable.of(String.valueOf(value))));
    return this;
  }

  /**
   * The fields as text.
   *
   * @param format how wide they may be: values that are wider go on below
   * @return a line a field, without a line break at the end
   */
  public String render(Format format) {
    return Columns.fields(fields, format);
  }
}

package io.agents.registry.flags.internal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Fields in one line of a file. */
final class Line {

  private static final String SEPARATOR = "\t";

  private Line() {}

  /** The line of some fields, none of which has a tab in it. */
  static String of(String... fields) {
    return String.join(SEPARATOR, fields);
  }

  /** The fields of a line. */
  static String[] fields(String line, int count) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != count) {
      throw new IllegalArgumentException("not " + count + " fields");
    }
    return fields;
  }

  /** Text for a field, whatever line breaks and separators are in it. */
  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String unescape(String field) {
    return URLDecoder.decode(field, StandardCharsets.UTF_8);
  }
}

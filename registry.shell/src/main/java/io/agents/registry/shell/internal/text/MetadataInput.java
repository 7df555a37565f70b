package io.agents.registry.shell.internal.text;

import io.agents.registry.shell.internal.CommandException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads metadata that was typed, one {@code key=value} a word.
 *
 * <ul>
 *   <li>A number as JSON writes it ({@code 5}, {@code -0.5}, {@code 1e3}) is a number, {@code true}
 *       and {@code false} are booleans.
 *   <li>{@code [a,b]} is a list, {@code {a=1,b=2}} a map; both nest.
 *   <li>{@code "5"}, in double quotes, is text, with the escapes of JSON; so is everything else, as
 *       it stands.
 * </ul>
 */
public final class MetadataInput {

  /** Far deeper than metadata may be; keeps the recursion bounded. */
  private static final int MAX_DEPTH = 64;

  private static final int LONGEST_NUMBER = 100;

  /** How much of a word a message shows, in characters. */
  private static final int LONGEST_SHOWN = 60;

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final String word;
  private int at;

  private MetadataInput(String word) {
    this.word = word;
  }

  /**
   * Reads metadata.
   *
   * @param words one {@code key=value} each
   * @return the metadata, not checked against the limits of the registry
   * @throws CommandException if a word can't be read, or two have the same key
   */
  public static Map<String, Object> read(List<String> words) {
    Map<String, Object> metadata = new TreeMap<>();
    for (String word : words) {
      new MetadataInput(word).readInto(metadata);
    }
    return metadata;
  }

  /** What a text without any signs around it stands for: a boolean, a number or itself. */
  static Object scalar(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.length() > LONGEST_NUMBER || !DECIMAL.matcher(text).matches()) {
      return text;
    }
    if (INTEGER.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? (Object) number : text;
  }

  private void readInto(Map<String, Object> metadata) {
    String key = key();
    Object value;
    if (at < word.length() && "[{\"".indexOf(word.charAt(at)) >= 0) {
      value = value(1);
      if (at < word.length()) {
        throw expected("the end");
      }
    } else {
      value = scalar(word.substring(at));
    }
    put(metadata, key, value);
  }

  private void put(Map<String, Object> map, String key, Object value) {
    if (map.put(key, value) != null) {
      throw new CommandException("the key '" + key + "' is given twice; give it once");
    }
  }

  /** A key and the sign after it. */
  private String key() {
    skipBlanks();
    if (next() == '"') {
      String key = quoted();
      require('=');
      return key;
    }
    int end = word.indexOf('=', at);
    if (end < 0) {
      throw new CommandException(
          "'" + shown() + "' is no key=value; write node=node-1, or in quotes 'tags=[a,b]'");
    }
    String key = word.substring(at, end).strip();
    if (key.isEmpty()) {
      throw expected("a key before '='");
    }
    at = end + 1;
    return key;
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " levels");
    }
    skipBlanks();
    return switch (next()) {
      case '[' -> list(depth);
      case '{' -> map(depth);
      case '"' -> quoted();
      default -> scalar(bare());
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    require('[');
    if (!accept(']')) {
      do {
        list.add(value(depth + 1));
      } while (accept(','));
      require(']');
    }
    return list;
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new TreeMap<>();
    require('{');
    if (!accept('}')) {
      do {
        put(map, key(), value(depth + 1));
      } while (accept(','));
      require('}');
    }
    return map;
  }

  private String bare() {
    int start = at;
    while (at < word.length() && ",]}[{\"".indexOf(word.charAt(at)) < 0) {
      at++;
    }
    String text = word.substring(start, at).strip();
    if (text.isEmpty()) {
      throw expected("a value");
    }
    return text;
  }

  private String quoted() {
    StringBuilder text = new StringBuilder();
    require('"');
    while (next() != '"') {
      if (at >= word.length()) {
        throw expected("'\"'");
      }
      char c = word.charAt(at++);
      text.append(c == '\\' ? escaped() : c);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = next();
    at++;
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> {
        at--;
        throw expected("one of \" \\ n r t u");
      }
    };
  }

  /** Four hexadecimal digits. */
  private char unit() {
    int end = at + 4;
    if (end > word.length() || !HEX.matcher(word.substring(at, end)).matches()) {
      throw expected("four hexadecimal digits");
    }
    char unit = (char) Integer.parseInt(word.substring(at, end), 16);
    at = end;
    return unit;
  }

  /** The character that is next; at the end, one that is nowhere asked for. */
  private char next() {
    return at < word.length() ? word.charAt(at) : '\0';
  }

  private void skipBlanks() {
    while (next() == ' ') {
      at++;
    }
  }

  private boolean accept(char c) {
    skipBlanks();
    if (next() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char c) {
    if (!accept(c)) {
      throw expected("'" + c + "'");
    }
  }

  private CommandException expected(String what) {
    return new CommandException(
        "'" + shown() + "' can't be read: expected " + what + " at position " + at);
  }

  private String shown() {
    return word.length() <= LONGEST_SHOWN ? word : word.substring(0, LONGEST_SHOWN) + "…";
  }
}

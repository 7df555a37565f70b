package io.agents.registry.flags.internal;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import io.agents.registry.flags.FlagConditions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of a flag's value as text, both ways. */
public final class ConditionsText {

  private static final String FOR = "for";
  private static final String WHERE = "where";
  private static final String FROM = "from";
  private static final String UNTIL = "until";
  private static final Set<String> KEYWORDS = Set.of(FOR, WHERE, FROM, UNTIL);

  private ConditionsText() {}

  /**
   * A text, taken apart.
   *
   * @param share what stands before the first condition
   * @param conditions the conditions
   */
  public record Parsed(String share, FlagConditions conditions) {}

  /**
   * Reads a share with conditions; the share is not looked into.
   *
   * @param text such as {@code 25% for edge-*, node-1 where (region=eu) from 2026-12-01 until
   *     2027-01-01T06:00Z}
   * @return its parts
   * @throws IllegalArgumentException if a condition is not as it should be, saying how it should be
   */
  public static Parsed parse(String text) {
    List<String> share = new ArrayList<>();
    Map<String, List<String>> clauses = new LinkedHashMap<>();
    List<String> current = share;
    for (String word : words(text)) {
      String keyword = word.toLowerCase(Locale.ROOT);
      if (KEYWORDS.contains(keyword)) {
        current = new ArrayList<>();
        if (clauses.put(keyword, current) != null) {
          throw new IllegalArgumentException("there is more than one '" + keyword + "'");
        }
      } else {
        current.add(word);
      }
    }
    List<String> nodes = clauses.get(FOR);
    List<String> where = clauses.get(WHERE);
    return new Parsed(
        String.join(" ", share),
        new FlagConditions(
            nodes == null ? List.of() : names(String.join(" ", nodes)),
            where == null ? null : query(String.join(" ", where)),
            time(FROM, clauses.get(FROM)),
            time(UNTIL, clauses.get(UNTIL))));
  }

  /** The words of a text; what is in parentheses belongs together, white space and all. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && (depth > 0 || !Character.isWhitespace(c))) {
        throw new IllegalArgumentException("there is a control character at position " + i);
      }
      if (c == '\\' && depth > 0 && i + 1 < text.length()) {
        word.append(c).append(text.charAt(++i));
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth <= 0 && Character.isWhitespace(c)) {
        add(word, words);
      } else {
        word.append(c);
      }
    }
    add(word, words);
    return words;
  }

  private static void add(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      names.add(checkName(name.strip()));
    }
    return names;
  }

  /**
   * Checks the name of a node.
   *
   * @param name a name or pattern
   * @return the name
   * @throws IllegalArgumentException if it can't stand in a text after {@code for}
   */
  public static String checkName(String name) {
    boolean plain =
        name.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    if (name.isEmpty()
        || !plain
        || name.indexOf(',') >= 0
        || name.indexOf('(') >= 0
        || name.indexOf(')') >= 0
        || KEYWORDS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          Texts.describe(name)
              + " is no name of a node; allowed are names with * and ?, separated by commas, without"
              + " white space and parentheses, and not for, where, from, until");
    }
    return name;
  }

  /**
   * Checks a filter.
   *
   * @param where the filter
   * @throws IllegalArgumentException if its text has control characters in it
   */
  public static void checkFilter(Query where) {
    if (where.toString().chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the filter has control characters in it");
    }
  }

  private static Query query(String text) {
    try {
      return Query.parse(text);
    } catch (InvalidQueryException e) {
      throw new IllegalArgumentException(
          "what stands after 'where' is no filter: " + e.getMessage(), e);
    }
  }

  private static @Nullable Instant time(String keyword, @Nullable List<String> words) {
    if (words == null) {
      return null;
    }
    String text = String.join(" ", words);
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          Texts.describe(text)
              + " after '"
              + keyword
              + "' is no time; allowed are a day such as 2026-12-01, which begins at 00:00 UTC, or a"
              + " time with its offset such as 2026-12-01T08:00Z or 2026-12-01T09:00+01:00",
          e);
    }
  }

  /**
   * Conditions as text.
   *
   * @param conditions the conditions
   * @return what {@link #parse} reads, after the share
   */
  public static String of(FlagConditions conditions) {
    List<String> parts = new ArrayList<>();
    if (!conditions.nodes().isEmpty()) {
      parts.add(FOR + " " + String.join(",", conditions.nodes()));
    }
    if (conditions.where() != null) {
      parts.add(WHERE + " " + conditions.where());
    }
    if (conditions.from() != null) {
      parts.add(FROM + " " + conditions.from());
    }
    if (conditions.until() != null) {
      parts.add(UNTIL + " " + conditions.until());
    }
    return String.join(" ", parts);
  }
}

package io.agents.registry.flags;

import io.agents.registry.flags.internal.ConditionsText;
import io.agents.registry.flags.internal.Texts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a flag: on, off, or on for a share of all ids, in steps of 0.01 percent. On is the
 * share of 100 percent, off that of 0 percent. The share may have conditions: for which nodes it
 * counts, for which attributes, and from when until when.
 *
 * <h2>Conditions</h2>
 *
 * As text they follow the share, each at most once, in any order:
 *
 * <pre>{@code
 * 25% for edge-*, node-1 where (region=eu) from 2026-12-01 until 2026-12-24T18:00Z
 * }</pre>
 *
 * <ul>
 *   <li>{@code for}: names of nodes, separated by commas, with {@code *} for any text and {@code ?}
 *       for one character. On the other nodes the flag is off.
 *   <li>{@code where}: a filter (RFC 1960) for the attributes of the {@link FlagContext}. Where it
 *       is not satisfied the flag is off.
 *   <li>{@code from}, {@code until}: a day, which begins at 00:00 UTC, or a time with its offset.
 *       Before and after, the flag is as if nothing were configured; a default value that does not
 *       hold is off.
 * </ul>
 *
 * <h2>Sticky shares</h2>
 *
 * Each pair of a flag and an id belongs to one of {@value #BUCKETS} buckets, numbered from 0; a
 * share has the flag on for the buckets with the lowest numbers. So raising a share takes no id
 * out, lowering it lets none in, and flags are independent of each other. The bucket is
 *
 * <pre>{@code
 * first 8 bytes, big-endian and unsigned, of SHA-256(UTF-8(flag + U+0000 + id))  modulo  10,000
 * }</pre>
 *
 * It depends on nothing else: it is the same on every machine, in every JVM, locale and version.
 * For instance:
 *
 * <table>
 * <caption>Buckets</caption>
 * <tr><th>flag</th><th>id</th><th>bucket</th></tr>
 * <tr><td>{@code use_ets_agent_registry}</td><td>{@code node-1}</td><td>843</td></tr>
 * <tr><td>{@code use_ets_agent_registry}</td><td>{@code node-2}</td><td>1432</td></tr>
 * <tr><td>{@code use_ets_agent_registry}</td><td>{@code Zürich}</td><td>640</td></tr>
 * <tr><td>{@code other_flag}</td><td>{@code node-1}</td><td>5562</td></tr>
 * </table>
 *
 * @param buckets for how many of the {@value #BUCKETS} buckets the flag is on: hundredths of a
 *     percent
 * @param conditions for whom and when that counts
 */
public record FlagValue(int buckets, FlagConditions conditions) {

  /** How many buckets there are. */
  public static final int BUCKETS = 10_000;

  /** What a value may be, for a person. */
  public static final String ALLOWED =
      "on, off, true, false, or a percentage from 0 to 100 with at most two decimals; after that, if"
          + " wanted, 'for' nodes, 'where' a filter, 'from' and 'until' a time";

  /** Off for everybody; the same as 0 percent. */
  public static final FlagValue OFF = new FlagValue(0);

  /** On for everybody; the same as 100 percent. */
  public static final FlagValue ON = new FlagValue(BUCKETS);

  private static final Pattern PERCENTAGE =
      Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,2})0{0,20})?\\s?%?");

  private static final int LONGEST_SHARE = 32;
  private static final int LONGEST_TEXT = 4_096;

  /** A double is taken for a step if it misses it by no more than rounding does. */
  private static final double ROUNDING = 1e-6;

  /**
   * Makes a value.
   *
   * @throws IllegalArgumentException if the number is not from 0 to {@value #BUCKETS}
   * @throws NullPointerException if the conditions are null
   */
  public FlagValue {
    Objects.requireNonNull(conditions, "conditions");
    if (buckets < 0 || buckets > BUCKETS) {
      throw new IllegalArgumentException(
          buckets + " buckets are not a share of " + BUCKETS + "; allowed are 0 to " + BUCKETS);
    }
  }

  /**
   * Makes a value without conditions.
   *
   * @param buckets as above
   * @throws IllegalArgumentException as above
   */
  public FlagValue(int buckets) {
    this(buckets, FlagConditions.NONE);
  }

  /**
   * Makes a share.
   *
   * @param percent from 0 to 100, in steps of 0.01
   * @return the value; {@link #OFF} for 0 and {@link #ON} for 100
   * @throws IllegalArgumentException if it is out of range, between two steps, or no number
   */
  public static FlagValue percentage(double percent) {
    return percentage(percent, percent);
  }

  private static FlagValue percentage(double percent, Object asGiven) {
    // Written so that NaN fails too.
    if (!(percent >= 0 && percent <= 100)) {
      throw refused(asGiven);
    }
    double exact = percent * 100;
    double step = Math.rint(exact);
    if (Math.max(exact, step) - Math.min(exact, step) > ROUNDING) {
      throw refused(asGiven);
    }
    return new FlagValue((int) step);
  }

  /**
   * Reads a value from text: {@code on}, {@code off}, {@code true}, {@code false} in any case, or a
   * percentage such as {@code 25}, {@code 25%} or {@code 12.5%}, and the conditions after it, as
   * described above; at most 4,096 characters. White space around it does not count.
   *
   * @param text the text
   * @return the value
   * @throws IllegalArgumentException if the text is null or anything else, naming it and what is
   *     allowed
   */
  public static FlagValue parse(String text) {
    if (text == null || text.length() > LONGEST_TEXT) {
      throw refused(text);
    }
    String stripped = text.strip();
    if (stripped.chars().noneMatch(Character::isWhitespace)) {
      return parseShare(stripped, text);
    }
    ConditionsText.Parsed parsed;
    try {
      parsed = ConditionsText.parse(stripped);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refused(text).getMessage() + "; " + e.getMessage(), e);
    }
    return new FlagValue(parseShare(parsed.share(), text).buckets(), parsed.conditions());
  }

  private static FlagValue parseShare(String share, String text) {
    String word = share.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "on", "true" -> ON;
      case "off", "false" -> OFF;
      default -> parsePercentage(word, text);
    };
  }

  private static FlagValue parsePercentage(String word, String text) {
    Matcher matcher = PERCENTAGE.matcher(word);
    if (word.length() > LONGEST_SHARE || !matcher.matches()) {
      throw refused(text);
    }
    String decimals = matcher.group(2) == null ? "" : matcher.group(2);
    int hundredths = Integer.parseInt(matcher.group(1)) * 100;
    if (!decimals.isEmpty()) {
      hundredths += Integer.parseInt(decimals.length() == 1 ? decimals + "0" : decimals);
    }
    if (hundredths > BUCKETS) {
      throw refused(text);
    }
    return new FlagValue(hundredths);
  }

  /**
   * Reads a value as it may stand in a configuration: a boolean, a number (a percentage: 1 is one
   * percent), or a text as {@link #parse} reads it.
   *
   * @param value the value
   * @return the value
   * @throws IllegalArgumentException if it is null or anything else, naming it and what is allowed
   */
  public static FlagValue of(@Nullable Object value) {
    if (value instanceof Boolean on) {
      return on ? ON : OFF;
    }
    if (value instanceof String text) {
      return parse(text);
    }
    if (value instanceof Float number) {
      // By its text: 12.1f is meant to be 12.1, and is 12.100000381 as a double.
      return percentage(Double.parseDouble(number.toString()), value);
    }
    if (value instanceof Number number) {
      return percentage(number.doubleValue(), value);
    }
    throw refused(value);
  }

  /**
   * The bucket of an id, as described above.
   *
   * @param flag the name of the flag
   * @param id the id; may be empty
   * @return a number from 0 to 9,999
   * @throws IllegalArgumentException if either is null
   */
  public static int bucketOf(String flag, String id) {
    if (flag == null || id == null) {
      throw new IllegalArgumentException("a flag and an id are needed, neither of them null");
    }
    return bucketOf(sha256().digest((flag + '\0' + id).getBytes(StandardCharsets.UTF_8)));
  }

  /** The bucket of a hash: whatever its first bit is, the number is not negative. */
  static int bucketOf(byte[] hash) {
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = first << Byte.SIZE | (hash[i] & 0xff);
    }
    return (int) Long.remainderUnsigned(first, BUCKETS);
  }

  /**
   * Whether this value has a flag on for a context, whatever the time is.
   *
   * @param flag the name of the flag
   * @param context for whom
   * @return whether it is on
   * @throws IllegalArgumentException if either is null
   */
  public boolean includes(String flag, FlagContext context) {
    if (flag == null || context == null) {
      throw new IllegalArgumentException("a flag and a context are needed, neither of them null");
    }
    return buckets > 0
        && conditions.match(context)
        && (buckets == BUCKETS || bucketOf(flag, context.id()) < buckets);
  }

  /**
   * Whether this value has a flag on for an id on no node, without attributes, whatever the time
   * is.
   *
   * @param flag the name of the flag
   * @param id the id; may be empty
   * @return whether it is on
   * @throws IllegalArgumentException if either is null
   */
  public boolean includes(String flag, String id) {
    if (flag == null || id == null) {
      throw new IllegalArgumentException("a flag and an id are needed, neither of them null");
    }
    return includes(flag, FlagContext.of("", id));
  }

  /**
   * Whether this is on for everybody.
   *
   * @return whether it is {@link #ON}, without conditions
   */
  public boolean isOn() {
    return buckets == BUCKETS && conditions.equals(FlagConditions.NONE);
  }

  /**
   * Whether this is off for everybody.
   *
   * @return whether the share is 0 percent, with conditions or without
   */
  public boolean isOff() {
    return buckets == 0;
  }

  /**
   * The share in percent.
   *
   * @return a number from 0 to 100
   */
  public double percent() {
    return buckets / 100.0;
  }

  /**
   * The value as text, as {@link #parse} reads it.
   *
   * @return {@code on}, {@code off}, or a percentage such as {@code 12.5%}, and the conditions
   *     after that
   */
  @Override
  public String toString() {
    String then = conditions.toString();
    return then.isEmpty() ? shareText() : shareText() + " " + then;
  }

  private String shareText() {
    return switch (buckets) {
      case 0 -> "off";
      case BUCKETS -> "on";
      default -> BigDecimal.valueOf(buckets, 2).stripTrailingZeros().toPlainString() + "%";
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, but this one", e);
    }
  }

  private static IllegalArgumentException refused(@Nullable Object value) {
    return new IllegalArgumentException(
        Texts.describe(value) + " is no value of a flag; allowed are " + ALLOWED);
  }
}

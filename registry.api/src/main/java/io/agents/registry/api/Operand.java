package io.agents.registry.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right-hand side of a comparison, prepared once: its text, and what that text says as a
 * number. What it is compared as is decided by each value that it meets, as in RFC 1960 filters of
 * OSGi.
 */
final class Operand {

  /**
   * Longer texts are not read as numbers: no number of metadata is so long, and reading takes
   * quadratic time.
   */
  private static final int MAX_NUMBER_LENGTH = 1_000;

  final String text;

  /** Null if the text is no number. */
  private final @Nullable BigDecimal number;

  private final boolean isLong;
  private final long longValue;
  private final Set<Object> equalKeys;

  Operand(String text) {
    this.text = text;
    this.number = parse(text.strip());
    this.isLong = number != null && fitsLong(number); // parse() has taken the trailing zeros away
    this.longValue = number != null && isLong ? number.longValue() : 0;
    this.equalKeys = equalKeys(text, number);
  }

  /** Worked out once: an index asks for them with every query. */
  Set<Object> equalKeys() {
    return equalKeys;
  }

  private static Set<Object> equalKeys(String text, @Nullable BigDecimal number) {
    boolean onlyText = number == null && (text.length() < 4 || !mayBeBoolean(text));
    if (onlyText) {
      return Set.of(text);
    }
    Set<Object> keys = new LinkedHashSet<>();
    keys.add(text);
    if (number != null) {
      keys.add(numberKey(number));
    }
    switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> keys.add(true);
      case "false" -> keys.add(false);
      default -> {}
    }
    return Collections.unmodifiableSet(keys);
  }

  static @Nullable Object valueKey(Object value) {
    if (value instanceof Number number) {
      return isIntegral(number) ? Long.valueOf(number.longValue()) : numberKey(decimal(number));
    }
    return value instanceof Character ? value.toString() : value;
  }

  static int compareKeys(Object one, Object other) {
    if (one instanceof Long first && other instanceof Long second) {
      return first.compareTo(second);
    }
    if (one instanceof String first && other instanceof String second) {
      return first.compareTo(second);
    }
    if (one instanceof Boolean first && other instanceof Boolean second) {
      return first.compareTo(second);
    }
    if (one instanceof Number first && other instanceof Number second) {
      return requireNonNull(decimal(first)).compareTo(requireNonNull(decimal(second)));
    }
    return Integer.compare(rank(one), rank(other));
  }

  private static int rank(Object key) {
    if (key instanceof Number) {
      return 0;
    }
    return key instanceof String ? 1 : 2;
  }

  private static @Nullable Object numberKey(@Nullable BigDecimal number) {
    if (number == null) {
      return null;
    }
    BigDecimal shortest = shortest(number);
    return fitsLong(shortest) ? (Object) shortest.longValue() : shortest;
  }

  boolean isEqualTo(Object value) {
    if (value instanceof String string) {
      return text.equals(string);
    }
    if (value instanceof Boolean bool) {
      return bool.toString().equals(text.strip().toLowerCase(Locale.ROOT));
    }
    if (value instanceof Character c) {
      return text.contentEquals(c.toString());
    }
    return isComparable(value) && compareNumber((Number) value) == 0;
  }

  boolean isApproximately(Object value) {
    return (value instanceof String || value instanceof Character)
        ? squeeze(value.toString()).equalsIgnoreCase(squeeze(text))
        : isEqualTo(value);
  }

  /**
   * Whether the value has an order towards this operand: texts always, numbers if this is one,
   * booleans never.
   */
  boolean isOrdered(Object value) {
    return value instanceof String || value instanceof Character || isComparable(value);
  }

  /**
   * How the value compares to this operand; to be called for {@link #isOrdered ordered} values
   * alone.
   */
  int compare(Object value) {
    return value instanceof Number n ? compareNumber(n) : value.toString().compareTo(text);
  }

  private boolean isComparable(Object value) {
    return number != null && value instanceof Number n && decimal(n) != null;
  }

  private int compareNumber(Number value) {
    if (isLong && isIntegral(value)) {
      return Long.compare(value.longValue(), longValue);
    }
    return requireNonNull(decimal(value)).compareTo(requireNonNull(number));
  }

  private static boolean isIntegral(Number value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  /**
   * The number by its decimal text, so that 0.1 of any type is the 0.1 that somebody types; null
   * for NaN and infinity.
   */
  private static @Nullable BigDecimal decimal(Number value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(value.doubleValue()) ? new BigDecimal(value.toString()) : null;
    }
    return BigDecimal.valueOf(value.longValue());
  }

  private static boolean fitsLong(BigDecimal number) {
    // The scale is looked at first: 1e999999999 is a valid number that must never be written out.
    return number.precision() - (long) number.scale() <= 19
        && number.scale() <= 0
        && number.toBigInteger().bitLength() < Long.SIZE;
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH || !mayBeNumber(text)) {
      return null;
    }
    try {
      BigDecimal parsed = new BigDecimal(text);
      return shortest(parsed);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Without trailing zeros, but for those that the exponent has no room for. */
  private static BigDecimal shortest(BigDecimal number) {
    try {
      return number.stripTrailingZeros();
    } catch (ArithmeticException e) {
      BigInteger zeros = BigInteger.TEN.pow(number.scale() - Integer.MIN_VALUE);
      return new BigDecimal(number.unscaledValue().divide(zeros), Integer.MIN_VALUE);
    }
  }

  private static boolean mayBeNumber(String text) {
    char first = text.charAt(0);
    return Character.isDigit(first) || first == '-' || first == '+' || first == '.';
  }

  /** Whether a first look leaves it possible that the text is true or false. */
  private static boolean mayBeBoolean(String text) {
    char last = text.charAt(text.length() - 1);
    return last == 'e' || last == 'E' || Character.isWhitespace(last);
  }

  private static String squeeze(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

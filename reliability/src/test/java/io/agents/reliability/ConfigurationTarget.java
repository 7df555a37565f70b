package io.agents.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.flags.FeatureFlags;
import io.agents.registry.flags.FlagValue;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What Jazzer calls with the configuration of the flags: the first byte says whether the rest is
 * text, a number, or a file of properties. The flag has to be what the value says, as it is
 * documented, or what it last was.
 */
public final class ConfigurationTarget {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,22})?");
  private static final Set<String> CONDITIONS = Set.of("for", "where", "from", "until");
  private static final int LONGEST = 32;
  private static final int LONGEST_TEXT = 4_096;

  /** Guarded by Jazzer, which calls on one thread. */
  private static final Started STARTED = new Started();

  private static final class Started {
    private FeatureFlags flags;
    private Configuration configuration;
    private FlagValue expected = FlagValue.OFF;
  }

  private ConfigurationTarget() {}

  /** Starts a framework; it runs until the process ends. */
  public static void fuzzerInitialize() throws Exception {
    RegistryFramework felix = RegistryFramework.start();
    STARTED.flags = felix.service(FeatureFlags.class);
    STARTED.configuration =
        felix.service(ConfigurationAdmin.class).getConfiguration(FeatureFlags.PID, "?");
  }

  /** Tries one configuration. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Map<String, Object> properties = properties(input);
    STARTED.configuration.update(FrameworkUtil.asDictionary(properties));
    Object value = properties.get(FeatureFlags.USE_ETS);
    FlagValue actual = STARTED.flags.state(FeatureFlags.USE_ETS).value();
    if (hasConditions(value)) {
      // What conditions mean is checked elsewhere; here, that what was refused changes nothing.
      assertThat(actual.equals(STARTED.expected) || FlagValue.of(value).equals(actual))
          .as("with %s after %s it is %s", properties, STARTED.expected, actual)
          .isTrue();
      STARTED.expected = actual;
      return;
    }
    if (value == null) {
      STARTED.expected = FlagValue.OFF;
    } else {
      meaning(value).ifPresent(share -> STARTED.expected = new FlagValue(share));
    }
    assertThat(actual).as("with %s", properties).isEqualTo(STARTED.expected);
  }

  private static boolean hasConditions(Object value) {
    return value instanceof String text
        && words(text).stream()
            .anyMatch(word -> CONDITIONS.contains(word.toLowerCase(Locale.ROOT)));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(""));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        words.add("");
      } else {
        words.set(words.size() - 1, words.get(words.size() - 1) + c);
      }
    }
    words.removeIf(String::isEmpty);
    return words;
  }

  private static Map<String, Object> properties(byte[] input) {
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    ByteBuffer number =
        ByteBuffer.allocate(Long.BYTES).put(input, 1, Math.min(8, input.length - 1));
    return switch (input[0]) {
      case 'd' -> Map.of(FeatureFlags.USE_ETS, number.getDouble(0));
      case 'f' -> Map.of(FeatureFlags.USE_ETS, number.getFloat(0));
      case 'i' -> Map.of(FeatureFlags.USE_ETS, number.getInt(0));
      case 'l' -> Map.of(FeatureFlags.USE_ETS, number.getLong(0));
      case 'b' -> Map.of(FeatureFlags.USE_ETS, number.get(0));
      case 'a' -> Map.of(FeatureFlags.USE_ETS, text.split(",", -1));
      case 'p' -> file(text);
      default -> Map.of(FeatureFlags.USE_ETS, text);
    };
  }

  private static Map<String, Object> file(String text) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return Map.of();
    }
    // ConfigurationAdmin refuses keys that differ in the case of their letters alone.
    Map<String, Object> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    read.stringPropertyNames().stream()
        .filter(key -> !key.isEmpty() && !key.equalsIgnoreCase(FeatureFlags.USE_ETS))
        .forEach(key -> properties.put(key, read.getProperty(key)));
    String value = read.getProperty(FeatureFlags.USE_ETS);
    if (value != null) {
      properties.put(FeatureFlags.USE_ETS, value);
    }
    return properties;
  }

  /** What a value says, as docs/configuration.md has it: written anew, not as the flags do it. */
  private static OptionalInt meaning(Object value) {
    if (value instanceof Number) {
      double number = Double.parseDouble(value.toString());
      if (Double.isNaN(number) || number < 0 || number > 100) {
        return OptionalInt.empty();
      }
      BigDecimal steps = new BigDecimal(number).movePointRight(2);
      BigDecimal nearest = steps.setScale(0, RoundingMode.HALF_EVEN);
      return steps.subtract(nearest).abs().compareTo(new BigDecimal("1e-6")) > 0
          ? OptionalInt.empty()
          : OptionalInt.of(nearest.intValueExact());
    }
    if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
      return OptionalInt.empty();
    }
    String share = String.join(" ", words(text));
    return switch (share.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> OptionalInt.of(FlagValue.BUCKETS);
      case "off", "false" -> OptionalInt.of(0);
      default -> share.length() > LONGEST ? OptionalInt.empty() : decimal(share);
    };
  }

  private static OptionalInt decimal(String share) {
    String number = share.endsWith("%") ? share.substring(0, share.length() - 1).strip() : share;
    if (!DECIMAL.matcher(number).matches()) {
      return OptionalInt.empty();
    }
    BigDecimal steps = new BigDecimal(number).movePointRight(2);
    return steps.stripTrailingZeros().scale() > 0 || steps.intValue() > FlagValue.BUCKETS
        ? OptionalInt.empty()
        : OptionalInt.of(steps.intValueExact());
  }
}

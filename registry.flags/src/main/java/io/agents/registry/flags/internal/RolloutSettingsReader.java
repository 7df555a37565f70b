package io.agents.registry.flags.internal;

import io.agents.registry.flags.Rollout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of the rollout. What is wrong in a configuration is logged once and changes
 * nothing. Used by one thread at a time.
 */
final class RolloutSettingsReader {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutSettingsReader.class);

  private static final int YEAR_OF_MINUTES = 525_600;
  private static final int MANY = 1_000_000_000;

  /**
   * A number that can be configured.
   *
   * @param lowest the least that is allowed
   * @param highest the most that is allowed
   * @param scale what it is multiplied by; it may have as many decimals as that leaves whole
   * @param standard what holds where it is not configured, multiplied
   */
  private record Setting(double lowest, double highest, int scale, int standard) {}

  private static final Map<String, Setting> SETTINGS = settings();

  private static Map<String, Setting> settings() {
    RolloutSettings standard = RolloutSettings.DEFAULT;
    Map<String, Setting> all = new LinkedHashMap<>();
    all.put("comparison.percent", new Setting(0, 100, 100, standard.comparisonHundredths()));
    all.put("step.percent", new Setting(0.01, 100, 100, standard.stepHundredths()));
    all.put("soak.minutes", new Setting(0, YEAR_OF_MINUTES, 1, standard.soakMinutes()));
    all.put("guard.window.seconds", new Setting(1, 3_600, 1, standard.windowSeconds()));
    all.put("guard.errors.percent", new Setting(0, 100, 100, standard.errorHundredths()));
    all.put("guard.errors.min.calls", new Setting(1, MANY, 1, standard.errorMinCalls()));
    all.put(
        "guard.latency.factor", new Setting(1, 1_000, 100, (int) (standard.latencyFactor() * 100)));
    all.put("guard.latency.floor.ms", new Setting(0, 60_000, 1_000, standard.latencyFloorMicros()));
    all.put("guard.latency.min.calls", new Setting(1, MANY, 1, standard.latencyMinCalls()));
    all.put("guard.mismatches", new Setting(1, MANY, 1, standard.mismatches()));
    all.put(
        "guard.mismatches.min.compared", new Setting(1, MANY, 1, standard.mismatchMinCompared()));
    all.put("guard.failed.swaps", new Setting(1, 1_000, 1, standard.failedSwaps()));
    all.put("check.comparisons", new Setting(0, MANY, 1, standard.readyComparisons()));
    all.put("check.calls", new Setting(0, MANY, 1, standard.readyCalls()));
    all.put("check.quiet.minutes", new Setting(0, YEAR_OF_MINUTES, 1, standard.quietMinutes()));
    return all;
  }

  private final Map<String, Integer> last = new HashMap<>();
  private final Map<String, Object> refused = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  RolloutSettingsReader() {
    SETTINGS.forEach((key, number) -> last.put(key, number.standard()));
  }

  /** The settings of a configuration; where it is wrong, those that held before. */
  RolloutSettings read(Map<String, ?> configuration) {
    SETTINGS.forEach((key, number) -> last.put(key, number(key, number, configuration.get(key))));
    noteUnknown(configuration.keySet());
    return new RolloutSettings(
        value("comparison.percent"),
        value("step.percent"),
        value("soak.minutes"),
        value("guard.window.seconds"),
        value("guard.errors.percent"),
        value("guard.errors.min.calls"),
        value("guard.latency.factor") / 100.0,
        value("guard.latency.floor.ms"),
        value("guard.latency.min.calls"),
        value("guard.mismatches"),
        value("guard.mismatches.min.compared"),
        value("guard.failed.swaps"),
        value("check.comparisons"),
        value("check.calls"),
        value("check.quiet.minutes"));
  }

  private int value(String key) {
    return last.getOrDefault(key, 0);
  }

  private int number(String key, Setting number, @Nullable Object configured) {
    if (configured == null) {
      refused.remove(key);
      return number.standard();
    }
    double value = parse(configured);
    double scaled = value * number.scale();
    // Written so that NaN fails too.
    if (value >= number.lowest()
        && value <= number.highest()
        && Math.abs(scaled - Math.rint(scaled)) < 1e-6) {
      refused.remove(key);
      return (int) Math.rint(scaled);
    }
    int kept = value(key);
    if (!configured.equals(refused.put(key, configured))) {
      LOG.warn(
          "Configuration {}: {} is {}; allowed is {} from {} to {}; {} stays in force",
          Rollout.PID,
          key,
          Texts.describe(configured),
          number.scale() == 1 ? "a whole number" : "a number in steps of " + 1.0 / number.scale(),
          plain(number.lowest()),
          plain(number.highest()),
          plain(kept / (double) number.scale()));
    }
    return kept;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static double parse(Object configured) {
    try {
      return configured instanceof String || configured instanceof Number
          ? Double.parseDouble(configured.toString().strip())
          : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void noteUnknown(Set<String> keys) {
    unknown.retainAll(keys);
    for (String key : keys) {
      if (!SETTINGS.containsKey(key)
          && !key.endsWith(".target")
          && !ReservedKeys.isReserved(key)
          && unknown.add(key)) {
        LOG.warn(
            "Configuration {}: unknown key {}; ignored; allowed are {}",
            Rollout.PID,
            Texts.describe(key),
            String.join(", ", SETTINGS.keySet()));
      }
    }
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.Rollout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param key its name
   * @param lowest the least that is allowed
   * @param highest the most that is allowed
   * @param scale what it is multiplied by; it may have as many decimals as that leaves whole
   * @param standard what holds where it is not configured, multiplied
   */
  private record Setting(String key, double lowest, double highest, int scale, int standard) {}

  private static final List<Setting> SETTINGS = settings(RolloutSettings.DEFAULT);

  private static final List<String> KEYS = SETTINGS.stream().map(Setting::key).toList();

  private static List<Setting> settings(RolloutSettings standard) {
    return List.of(
        new Setting("comparison.percent", 0, 100, 100, standard.comparisonHundredths()),
        new Setting("step.percent", 0.01, 100, 100, standard.stepHundredths()),
        new Setting("soak.minutes", 0, YEAR_OF_MINUTES, 1, standard.soakMinutes()),
        new Setting("guard.window.seconds", 1, 3_600, 1, standard.windowSeconds()),
        new Setting("guard.errors.percent", 0, 100, 100, standard.errorHundredths()),
        new Setting("guard.errors.min.calls", 1, MANY, 1, standard.errorMinCalls()),
        new Setting("guard.latency.factor", 1, 1_000, 100, (int) (standard.latencyFactor() * 100)),
        new Setting("guard.latency.floor.ms", 0, 60_000, 1_000, standard.latencyFloorMicros()),
        new Setting("guard.latency.min.calls", 1, MANY, 1, standard.latencyMinCalls()),
        new Setting("guard.mismatches", 1, MANY, 1, standard.mismatches()),
        new Setting("guard.mismatches.min.compared", 1, MANY, 1, standard.mismatchMinCompared()),
        new Setting("guard.failed.swaps", 1, 1_000, 1, standard.failedSwaps()),
        new Setting("check.comparisons", 0, MANY, 1, standard.readyComparisons()),
        new Setting("check.calls", 0, MANY, 1, standard.readyCalls()),
        new Setting("check.quiet.minutes", 0, YEAR_OF_MINUTES, 1, standard.quietMinutes()));
  }

  private final Map<String, Integer> last = new HashMap<>();
  private final Map<String, Object> refused = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  RolloutSettingsReader() {
    SETTINGS.forEach(number -> last.put(number.key(), number.standard()));
  }

  /** The settings of a configuration; where it is wrong, those that held before. */
  RolloutSettings read(Map<String, ?> configuration) {
    SETTINGS.forEach(number -> last.put(number.key(), number(number, configuration)));
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

  private int number(Setting number, Map<String, ?> configuration) {
    String key = number.key();
    Object configured = configuration.get(key);
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
      if (!KEYS.contains(key)
          && !key.endsWith(".target")
          && !ReservedKeys.isReserved(key)
          && unknown.add(key)) {
        LOG.warn(
            "Configuration {}: unknown key {}; ignored; allowed are {}",
            Rollout.PID,
            Texts.describe(key),
            String.join(", ", KEYS));
      }
    }
  }
}

package io.agents.registry.flags.internal;

import io.agents.registry.flags.BackendSelection;
import io.agents.registry.spi.RegistryBackend;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the registry's configuration that this bundle writes: all of them together, or
 * nothing. A key that says the same in another form is left as it is.
 */
final class RegistryKeys {

  /** The implementation that is kept in step with the active one. */
  static final String MIRROR = "mirror.implementation";

  /** The share of reads that are run on both and compared, in percent. */
  static final String COMPARISON = "comparison.percent";

  /** Whether calls are measured; they are where the key is not there. */
  static final String MEASURE = "measure.calls";

  private static final Set<String> CHOICE = Set.of(RegistryBackend.LEGACY, RegistryBackend.ETS);

  private RegistryKeys() {}

  /**
   * Puts a plan into the values.
   *
   * @param available the implementations that are there
   * @param starting whether the framework is still starting
   * @return whether anything was changed
   */
  static boolean apply(
      Plan plan, Map<String, Object> values, Set<String> available, boolean starting) {
    TargetFilter present = TargetFilter.of(values.get(BackendSelection.TARGET));
    if (present.kind() == TargetFilter.Kind.FOREIGN) {
      return false;
    }
    Optional<String> chosen = Choice.of(plan.serving(), available, present, starting);
    chosen.ifPresent(
        implementation ->
            put(values, BackendSelection.TARGET, TargetFilter.pointingAt(implementation).text()));
    if (chosen.isEmpty() && starting && !available.contains(plan.serving())) {
      // What is to serve may be about to come; the mirror waits with it.
      return false;
    }
    String serving = chosen.or(present::implementation).orElse(plan.serving());
    // While the wrong one serves, the mirror of the right one has nothing to follow.
    boolean asPlanned = serving.equals(plan.serving());
    boolean mirrorChanged =
        mirror(values, asPlanned ? plan.mirror() : "", asPlanned ? plan.comparisonHundredths() : 0);
    boolean measureChanged = measure(values, plan.measured());
    return chosen.isPresent() || mirrorChanged || measureChanged;
  }

  private static boolean mirror(Map<String, Object> values, String mirror, int hundredths) {
    String present = text(values.get(MIRROR));
    if (mirror.isEmpty() && !present.isEmpty() && !CHOICE.contains(present)) {
      // Somebody keeps an implementation of their own in step.
      return false;
    }
    boolean changed = false;
    if (!present.equals(mirror)) {
      put(values, MIRROR, mirror);
      changed = true;
    }
    BigDecimal percent = BigDecimal.valueOf(hundredths, 2);
    if (percent(values.get(COMPARISON)).compareTo(percent) != 0) {
      put(values, COMPARISON, hundredths == 0 ? "" : percent.stripTrailingZeros().toPlainString());
      changed = true;
    }
    return changed;
  }

  private static boolean measure(Map<String, Object> values, boolean measured) {
    if (isMeasured(values.get(MEASURE)) == measured) {
      return false;
    }
    put(values, MEASURE, measured ? "" : "false");
    return true;
  }

  private static boolean isMeasured(@Nullable Object value) {
    return value == null || !text(value).toLowerCase(Locale.ROOT).equals("false");
  }

  /** A share that can't be read is none that anybody would write. */
  private static BigDecimal percent(@Nullable Object value) {
    try {
      return value == null ? BigDecimal.ZERO : new BigDecimal(text(value));
    } catch (NumberFormatException e) {
      return BigDecimal.ONE.negate();
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString().strip();
  }

  /** Puts a text, or takes the key away. */
  private static void put(Map<String, Object> values, String key, String text) {
    // Removed first, so that the key is written as it should be if it stood there in other case.
    values.remove(key);
    if (!text.isEmpty()) {
      values.put(key, text);
    }
  }

  /**
   * What all of the keys say, to be compared with what they say elsewhere; null without a target.
   */
  static @Nullable Object all(Function<String, @Nullable Object> values) {
    Object target = values.apply(BackendSelection.TARGET);
    if (target == null) {
      return null;
    }
    return List.of(
        target,
        text(values.apply(MIRROR)),
        Objects.requireNonNullElse(values.apply(COMPARISON), ""),
        isMeasured(values.apply(MEASURE)));
  }
}

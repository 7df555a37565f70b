package io.agents.registry.core.internal;

import io.agents.registry.api.MetadataLimits;
import io.agents.registry.api.QueryLimits;
import io.agents.registry.core.internal.Settings.Mirroring;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the limits from a configuration. What is wrong in it is logged once and changes nothing.
 */
final class SettingsReader {

  /*
   * Design
   *
   * The component takes its configuration as a map and not as an annotation, because Declarative
   * Services turn a value that does not convert into 0, or refuse the component.
   *
   * A configuration file that is wrong stays wrong: what was logged about a key is remembered, and
   * logged again only when its value is another one. All methods are called by one thread at a time.
   */

  static final String PID = "io.agents.registry.core";
  static final String BACKEND_TARGET = "backend.target";

  private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

  /** A number that can be configured, from 1. */
  private record Limit(String key, int highest, ToIntFunction<Settings> part) {}

  private static final Limit ID_LENGTH = new Limit("id.max.length", 65_536, Settings::maxIdLength);
  private static final Limit METADATA_DEPTH =
      new Limit(
          "metadata.max.depth", MetadataLimits.HIGHEST_DEPTH, last -> last.metadata().maxDepth());
  private static final Limit METADATA_VALUES =
      new Limit(
          "metadata.max.values",
          MetadataLimits.HIGHEST_VALUES,
          last -> last.metadata().maxValues());
  private static final Limit QUERY_DEPTH =
      new Limit("query.max.depth", QueryLimits.HIGHEST_DEPTH, last -> last.query().maxDepth());
  private static final Limit QUERY_LENGTH =
      new Limit("query.max.length", QueryLimits.HIGHEST_LENGTH, last -> last.query().maxLength());
  private static final Limit LISTENER_QUEUE =
      new Limit("listener.queue.size", 1_000_000, Settings::listenerQueueSize);
  private static final Limit SWAPS = new Limit("swaps.kept", 10_000, Settings::swapsKept);
  private static final Limit AGENTS =
      new Limit(Quotas.AGENTS, Settings.UNLIMITED, Settings::maxAgents);
  private static final Limit AGENTS_OF_OWNER =
      new Limit(Quotas.AGENTS_OF_OWNER, Settings.UNLIMITED, Settings::maxAgentsOfOwner);

  private static final Limit TIMEOUT =
      new Limit("handover.timeout", 86_400_000, last -> last.mirroring().timeoutMillis());

  private static final Limit COMPARISONS =
      new Limit(
          "comparison.max.per.second", 1_000_000, last -> last.mirroring().comparisonsPerSecond());

  private static final String MIRROR = "mirror.implementation";
  private static final String COMPARISON = "comparison.percent";
  private static final String MEASURE = "measure.calls";
  private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?");
  private static final int HUNDRED_PERCENT = 10_000;

  private static final Set<String> OTHER_KEYS = Set.of(MIRROR, COMPARISON, MEASURE);
  private static final Set<String> KEYS =
      Stream.of(
              ID_LENGTH,
              METADATA_DEPTH,
              METADATA_VALUES,
              QUERY_DEPTH,
              QUERY_LENGTH,
              LISTENER_QUEUE,
              SWAPS,
              AGENTS,
              AGENTS_OF_OWNER,
              COMPARISONS,
              TIMEOUT)
          .map(Limit::key)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, Object> refused = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private Settings last = Settings.DEFAULT;

  /** The limits of a configuration; where it is wrong, those that held before. */
  Settings read(Map<String, ?> configuration) {
    last =
        new Settings(
            limit(ID_LENGTH, configuration),
            new MetadataLimits(
                limit(METADATA_DEPTH, configuration), limit(METADATA_VALUES, configuration)),
            new QueryLimits(limit(QUERY_DEPTH, configuration), limit(QUERY_LENGTH, configuration)),
            limit(LISTENER_QUEUE, configuration),
            limit(SWAPS, configuration),
            limit(AGENTS, configuration),
            limit(AGENTS_OF_OWNER, configuration),
            new Mirroring(
                mirror(configuration),
                comparison(configuration),
                limit(COMPARISONS, configuration),
                limit(TIMEOUT, configuration)),
            measures(configuration));
    noteUnknown(configuration.keySet());
    return last;
  }

  /** The target filter of the backend; empty text if there is none. */
  static String target(Map<String, ?> configuration) {
    return configuration.get(BACKEND_TARGET) instanceof String filter ? filter.strip() : "";
  }

  private String mirror(Map<String, ?> configuration) {
    Object value = configuration.get(MIRROR);
    if (value == null || value instanceof String) {
      refused.remove(MIRROR);
      return value == null ? "" : value.toString().strip();
    }
    String kept = last.mirroring().implementation();
    refuse(MIRROR, value, "the name of an implementation", "'" + kept + "'");
    return kept;
  }

  private int comparison(Map<String, ?> configuration) {
    Object value = configuration.get(COMPARISON);
    if (value == null) {
      refused.remove(COMPARISON);
      return Settings.DEFAULT.mirroring().comparisonBasisPoints();
    }
    String text = value.toString().strip();
    boolean isNumber = PERCENT.matcher(text).matches();
    int points = isNumber ? new BigDecimal(text).movePointRight(2).intValueExact() : -1;
    if (isNumber && points <= HUNDRED_PERCENT) {
      refused.remove(COMPARISON);
      return points;
    }
    int kept = last.mirroring().comparisonBasisPoints();
    refuse(
        COMPARISON,
        value,
        "a number from 0 to 100 with at most two decimals",
        BigDecimal.valueOf(kept, 2).toPlainString());
    return kept;
  }

  private boolean measures(Map<String, ?> configuration) {
    Object value = configuration.get(MEASURE);
    String text = value == null ? "true" : value.toString().strip().toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) {
      refused.remove(MEASURE);
      return text.equals("true");
    }
    refuse(MEASURE, value, "true or false", last.measuresCalls());
    return last.measuresCalls();
  }

  private void refuse(String key, @Nullable Object value, String allowed, Object kept) {
    if (value != null && !value.equals(refused.put(key, value))) {
      LOG.warn("{}: {} is '{}'; allowed is {}; {} stays in force", PID, key, value, allowed, kept);
    }
  }

  private int limit(Limit limit, Map<String, ?> configuration) {
    Object value = configuration.get(limit.key());
    if (value == null) {
      refused.remove(limit.key());
      return limit.part().applyAsInt(Settings.DEFAULT);
    }
    long number = number(value);
    if (number >= 1 && number <= limit.highest()) {
      refused.remove(limit.key());
      return (int) number;
    }
    int kept = limit.part().applyAsInt(last);
    refuse(limit.key(), value, "a whole number from 1 to " + limit.highest(), kept);
    return kept;
  }

  /** The whole number that a value is, or 0, which is never allowed. */
  private static long number(Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return ((Number) value).longValue();
    }
    try {
      return value instanceof String text ? Long.parseLong(text.strip()) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void noteUnknown(Set<String> keys) {
    unknown.retainAll(keys);
    for (String key : keys) {
      if (!isKnown(key) && unknown.add(key)) {
        LOG.warn("{}: the key '{}' is unknown and ignored", PID, key);
      }
    }
  }

  /** Whether it is one of ours, or one that the framework's services put there. */
  private static boolean isKnown(String key) {
    return KEYS.contains(key)
        || OTHER_KEYS.contains(key)
        || key.equals(WhiteboardFilter.KEY)
        || key.startsWith("service.")
        || key.startsWith("component.")
        || key.startsWith("osgi.")
        || key.startsWith("felix.")
        || key.startsWith(".")
        || key.endsWith(".target")
        || key.endsWith(".cardinality.minimum");
  }
}

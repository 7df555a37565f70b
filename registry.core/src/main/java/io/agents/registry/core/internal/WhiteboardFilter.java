package io.agents.registry.core.internal;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a configuration which services are agents beside those that have an {@code agent.id}.
 * What is wrong is logged once and changes nothing. Used by one thread at a time.
 */
final class WhiteboardFilter {

  /*
   * Design: the framework's own parser calls itself for each level, and says little about what it does
   * not like. So the text goes through that of queries first, which bounds depth and length and names
   * the position.
   */

  static final String KEY = "whiteboard.filter";

  private static final Logger LOG = LoggerFactory.getLogger(WhiteboardFilter.class);
  private static final int LONGEST_LOGGED = 200;

  private @Nullable Filter last;
  private @Nullable Object refused;

  /** The filter of a configuration, or null if there is none; the last one where it is wrong. */
  @Nullable Filter read(Map<String, ?> configuration) {
    Object value = configuration.get(KEY);
    if (value == null || (value instanceof String text && text.isBlank())) {
      last = null;
      refused = null;
      return null;
    }
    try {
      last = parse(value);
      refused = null;
    } catch (IllegalArgumentException e) {
      if (!Objects.deepEquals(value, refused)) {
        refused = value;
        LOG.warn(
            "{}: {} is '{}'; {}; {} stays in force",
            SettingsReader.PID,
            KEY,
            shortened(value.toString()),
            e.getMessage(),
            last == null ? "no filter" : last);
      }
    }
    return last;
  }

  private static Filter parse(Object value) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException(
          "it is of the type " + value.getClass().getName() + "; allowed is a filter as a string");
    }
    try {
      Query.parse(text.strip());
      return FrameworkUtil.createFilter(text.strip());
    } catch (InvalidQueryException | InvalidSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_LOGGED ? text : text.substring(0, LONGEST_LOGGED) + "...";
  }
}

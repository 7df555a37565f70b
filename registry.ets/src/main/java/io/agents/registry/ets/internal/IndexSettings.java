package io.agents.registry.ets.internal;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Query;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration; keeps the last good one. Used by one thread at a time. */
final class IndexSettings {

  static final String PID = "io.agents.registry.ets";
  static final String ATTRIBUTES = "indexed.attributes";

  private static final int MOST = 64;
  private static final Set<String> DEFAULT = Set.of("capability", "health_status", "node");
  private static final Logger LOG = LoggerFactory.getLogger(IndexSettings.class);

  private Set<String> last = DEFAULT;

  /** What was complained of already. */
  private Set<String> complained = Set.of();

  Set<String> read(Map<String, ?> configuration) {
    Set<String> complaints = new TreeSet<>();
    complainOfUnknownKeys(configuration, complaints);
    if (!configuration.containsKey(ATTRIBUTES)) {
      last = DEFAULT;
    } else {
      readAttributes(configuration.get(ATTRIBUTES), complaints);
    }
    complaints.stream().filter(line -> !complained.contains(line)).forEach(LOG::warn);
    complained = complaints;
    return last;
  }

  private void readAttributes(Object value, Set<String> complaints) {
    Set<String> attributes = new TreeSet<>();
    for (Object element : elements(value)) {
      String attribute = element == null ? "" : element.toString().strip();
      try {
        Query.where(attribute);
        attributes.add(attribute);
      } catch (InvalidQueryException e) {
        complaints.add(complaint("'" + attribute + "'", e.expected()));
        return;
      }
    }
    if (attributes.size() > MOST) {
      complaints.add(complaint(attributes.size() + " names", "at most " + MOST + " names"));
      return;
    }
    last = Set.copyOf(attributes);
  }

  private String complaint(String value, String allowed) {
    return "configuration "
        + PID
        + ": "
        + ATTRIBUTES
        + " has "
        + value
        + "; allowed is "
        + allowed
        + "; "
        + new TreeSet<>(last)
        + " stay indexed";
  }

  /** An array, a collection, or text with commas as it comes from a file. */
  private static List<Object> elements(Object value) {
    List<Object> elements = new ArrayList<>();
    if (value instanceof Collection<?> collection) {
      elements.addAll(collection);
    } else if (value != null && value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
    } else if (value != null && !value.toString().isBlank()) {
      elements.addAll(List.of(value.toString().split(",", -1)));
    }
    return elements;
  }

  private static void complainOfUnknownKeys(Map<String, ?> configuration, Set<String> complaints) {
    for (String key : configuration.keySet()) {
      boolean known =
          key.equals(ATTRIBUTES)
              || key.equals("registry.implementation")
              || key.startsWith("service.")
              || key.startsWith("component.")
              || key.startsWith("felix.fileinstall.")
              || key.startsWith("osgi.ds.")
              || key.startsWith(".")
              || key.startsWith("org.apache.felix.")
              || key.equals("objectClass");
      if (!known) {
        complaints.add(
            "configuration "
                + PID
                + ": the key "
                + key
                + " is unknown and ignored; known is "
                + ATTRIBUTES);
      }
    }
  }
}

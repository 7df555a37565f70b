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
  static final String ORDERED = "ordered.attributes";

  private static final int MOST = 64;
  private static final Set<String> DEFAULT = Set.of("capability", "health_status", "node");
  private static final Logger LOG = LoggerFactory.getLogger(IndexSettings.class);

  private Set<String> lastAttributes = DEFAULT;
  private Set<String> lastOrdered = Set.of();

  /** What was complained of already. */
  private Set<String> complained = Set.of();

  Indexing read(Map<String, ?> configuration) {
    Set<String> complaints = new TreeSet<>();
    complainOfUnknownKeys(configuration, complaints);
    lastAttributes = read(configuration, ATTRIBUTES, DEFAULT, lastAttributes, complaints);
    lastOrdered = read(configuration, ORDERED, Set.of(), lastOrdered, complaints);
    complaints.stream().filter(line -> !complained.contains(line)).forEach(LOG::warn);
    complained = complaints;
    return new Indexing(lastAttributes, lastOrdered);
  }

  private static Set<String> read(
      Map<String, ?> configuration,
      String key,
      Set<String> unset,
      Set<String> last,
      Set<String> complaints) {
    if (!configuration.containsKey(key)) {
      return unset;
    }
    Set<String> attributes = new TreeSet<>();
    for (Object element : elements(configuration.get(key))) {
      String attribute = element == null ? "" : element.toString().strip();
      try {
        Query.where(attribute);
        attributes.add(attribute);
      } catch (InvalidQueryException e) {
        complaints.add(complaint(key, "'" + attribute + "'", e.expected(), last));
        return last;
      }
    }
    if (attributes.size() > MOST) {
      complaints.add(
          complaint(key, attributes.size() + " names", "at most " + MOST + " names", last));
      return last;
    }
    return Set.copyOf(attributes);
  }

  private static String complaint(String key, String value, String allowed, Set<String> last) {
    return "configuration "
        + PID
        + ": "
        + key
        + " has "
        + value
        + "; allowed is "
        + allowed
        + "; "
        + new TreeSet<>(last)
        + " stays";
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
              || key.equals(ORDERED)
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
                + " is unknown and ignored; known are "
                + ATTRIBUTES
                + " and "
                + ORDERED);
      }
    }
  }
}

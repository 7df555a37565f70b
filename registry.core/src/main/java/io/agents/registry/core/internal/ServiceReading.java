package io.agents.registry.core.internal;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.InvalidMetadataException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.MetadataLimits;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The properties of one service, read as those of an agent.
 *
 * @param candidate the agent that it wants to be; null if it has no valid id; without metadata if
 *     they are refused as a whole
 * @param problems what is wrong with it, for the log
 */
record ServiceReading(@Nullable Candidate candidate, List<String> problems) {

  /** Reads the properties. Asks the framework, so it is called without locks. */
  static ServiceReading of(ServiceReference<?> service, InputChecks checks) {
    List<String> problems = new ArrayList<>();
    String id = id(service, checks, problems);
    Bundle owner = service.getBundle();
    if (id == null || owner == null) {
      return new ServiceReading(null, problems);
    }
    Metadata metadata = metadata(properties(service), checks, problems);
    int ranking =
        service.getProperty(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
    long serviceId = (Long) service.getProperty(Constants.SERVICE_ID);
    return new ServiceReading(
        new Candidate(service, owner, id, ranking, serviceId, metadata), problems);
  }

  private static @Nullable String id(
      ServiceReference<?> service, InputChecks checks, List<String> problems) {
    Object value = service.getProperty(AgentRegistry.AGENT_ID);
    if (!(value instanceof String id)) {
      if (value != null) {
        problems.add(
            "its agent.id is '"
                + value
                + "' of the type "
                + value.getClass().getName()
                + "; allowed is a string");
      }
      return null;
    }
    try {
      checks.requireId(id);
      return id;
    } catch (IllegalArgumentException e) {
      problems.add("its agent.id '" + id + "' is refused: " + e.getMessage());
      return null;
    }
  }

  private static Map<String, Object> properties(ServiceReference<?> service) {
    Map<String, Object> properties = new HashMap<>();
    for (String key : service.getPropertyKeys()) {
      if (key.startsWith(AgentRegistry.AGENT_PROPERTY_PREFIX)
          && !key.equalsIgnoreCase(AgentRegistry.AGENT_ID)) {
        properties.put(
            key.substring(AgentRegistry.AGENT_PROPERTY_PREFIX.length()),
            listed(service.getProperty(key), 1));
      }
    }
    return properties;
  }

  /** The metadata without the properties that metadata can't hold; null if the rest is refused. */
  private static @Nullable Metadata metadata(
      Map<String, Object> properties, InputChecks checks, List<String> problems) {
    try {
      return checks.metadata(properties);
    } catch (InvalidMetadataException e) {
      properties.entrySet().removeIf(property -> isRefused(property, checks, problems));
    }
    try {
      return checks.metadata(properties);
    } catch (InvalidMetadataException e) {
      problems.add("its properties are refused: " + e.getMessage());
      return null;
    }
  }

  private static boolean isRefused(
      Map.Entry<String, Object> property, InputChecks checks, List<String> problems) {
    Map<String, Object> alone = new HashMap<>();
    alone.put(property.getKey(), property.getValue());
    try {
      checks.metadata(alone);
      return false;
    } catch (InvalidMetadataException e) {
      problems.add(
          "its property "
              + AgentRegistry.AGENT_PROPERTY_PREFIX
              + property.getKey()
              + " is left out: "
              + e.getMessage());
      return true;
    }
  }

  /** An array as a list, on all levels; an array that holds itself ends up refused. */
  private static @Nullable Object listed(@Nullable Object value, int depth) {
    if (value == null || !value.getClass().isArray() || depth > MetadataLimits.HIGHEST_DEPTH) {
      return value;
    }
    int length = Array.getLength(value);
    List<Object> list = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      list.add(listed(Array.get(value, i), depth + 1));
    }
    return list;
  }
}

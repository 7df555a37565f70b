package io.agents.registry.core.internal;

import io.agents.registry.api.AgentRegistry;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.MetadataLimits;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.ServiceReference;

/**
 * The properties of one service, read as those of an agent.
 *
 * @param candidate the agent that it wants to be, or that a filter wants it to be; null if neither,
 *     or if it has no valid id; without metadata if they are refused as a whole
 * @param problems what is wrong with it, for the log
 */
record ServiceReading(@Nullable Candidate candidate, List<String> problems) {

  /*
   * Design
   *
   * The properties of a service that names itself are meant for the registry, so what is wrong with
   * them is its fault. A service that a filter has chosen knows nothing of the registry: it is an agent
   * with as many of its properties as metadata can hold, in an order by which those that everybody looks
   * for come first.
   *
   * Properties may hold collections and maps of whoever registered the service, whose code runs when
   * they are copied. So whatever is thrown counts as a property that can't be held.
   */

  /** Begins the id of a service that has none of its own; the number of the service follows. */
  static final String MADE_ID = "service-";

  /** The attribute with the symbolic name of the bundle, of a service without an id of its own. */
  static final String BUNDLE_NAME = "bundle.symbolicName";

  /** Kept before all others where there is not room for all; from the least important. */
  private static final List<String> IMPORTANT =
      List.of(
          Constants.SERVICE_RANKING,
          Constants.SERVICE_SCOPE,
          Constants.SERVICE_PID,
          Constants.SERVICE_BUNDLEID,
          BUNDLE_NAME,
          Constants.SERVICE_ID,
          Constants.OBJECTCLASS);

  private static final Comparator<String> BY_IMPORTANCE =
      Comparator.<String>comparingInt(IMPORTANT::indexOf)
          .reversed()
          .thenComparing(Comparator.naturalOrder());

  private static final ServiceReading UNWANTED = new ServiceReading(null, List.of());

  /** Whether a service has an {@code agent.id}, or a filter chooses it. */
  static boolean isWanted(ServiceReference<?> service, @Nullable Filter filter) {
    return service.getProperty(AgentRegistry.AGENT_ID) != null || isChosen(service, filter);
  }

  /**
   * Reads the properties. Asks the framework, so it is called without locks.
   *
   * @param filter chooses services without an {@code agent.id}; null for none of them
   */
  static ServiceReading of(
      ServiceReference<?> service, @Nullable Filter filter, InputChecks checks) {
    Bundle owner = service.getBundle();
    if (owner == null) {
      return UNWANTED;
    }
    if (service.getProperty(AgentRegistry.AGENT_ID) != null) {
      return named(service, owner, checks);
    }
    return isChosen(service, filter) ? chosen(service, owner, checks) : UNWANTED;
  }

  private static boolean isChosen(ServiceReference<?> service, @Nullable Filter filter) {
    try {
      return filter != null && filter.match(service);
    } catch (RuntimeException e) {
      // A property of a class that does not compare as it should: it does not match, then.
      return false;
    }
  }

  private static ServiceReading named(
      ServiceReference<?> service, Bundle owner, InputChecks checks) {
    List<String> problems = new ArrayList<>();
    String id = id(service, checks, problems);
    if (id == null) {
      return new ServiceReading(null, problems);
    }
    Map<String, Object> properties = new HashMap<>();
    for (String key : service.getPropertyKeys()) {
      if (key.startsWith(AgentRegistry.AGENT_PROPERTY_PREFIX)
          && !key.equalsIgnoreCase(AgentRegistry.AGENT_ID)) {
        properties.put(
            key.substring(AgentRegistry.AGENT_PROPERTY_PREFIX.length()),
            listed(service.getProperty(key), 1));
      }
    }
    Metadata metadata = metadata(properties, AgentRegistry.AGENT_PROPERTY_PREFIX, checks, problems);
    return new ServiceReading(candidate(service, owner, id, true, metadata), problems);
  }

  private static ServiceReading chosen(
      ServiceReference<?> service, Bundle owner, InputChecks checks) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> properties = new HashMap<>();
    for (String key : service.getPropertyKeys()) {
      properties.put(key, listed(service.getProperty(key), 1));
    }
    if (owner.getSymbolicName() != null) {
      properties.put(BUNDLE_NAME, owner.getSymbolicName());
    }
    Metadata metadata = metadata(properties, "", checks, problems);
    if (metadata == null) {
      metadata = asManyAsFit(properties, checks);
    }
    String id = MADE_ID + service.getProperty(Constants.SERVICE_ID);
    return new ServiceReading(candidate(service, owner, id, false, metadata), problems);
  }

  private static Candidate candidate(
      ServiceReference<?> service,
      Bundle owner,
      String id,
      boolean isNamed,
      @Nullable Metadata metadata) {
    int ranking =
        service.getProperty(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
    long serviceId = (Long) service.getProperty(Constants.SERVICE_ID);
    return new Candidate(service, owner, id, isNamed, ranking, serviceId, metadata);
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

  /**
   * The metadata without the properties that metadata can't hold; null if the rest is refused.
   *
   * @param prefix what the keys lack of the names of the properties
   */
  private static @Nullable Metadata metadata(
      Map<String, Object> properties, String prefix, InputChecks checks, List<String> problems) {
    try {
      return checks.metadata(properties);
    } catch (RuntimeException e) {
      properties.entrySet().removeIf(property -> isRefused(property, prefix, checks, problems));
    }
    try {
      return checks.metadata(properties);
    } catch (RuntimeException e) {
      problems.add("its properties are refused: " + message(e));
      return null;
    }
  }

  private static boolean isRefused(
      Map.Entry<String, Object> property,
      String prefix,
      InputChecks checks,
      List<String> problems) {
    Map<String, Object> alone = new HashMap<>();
    alone.put(property.getKey(), property.getValue());
    String why = whyRefused(alone, checks);
    if (why != null) {
      problems.add("its property " + prefix + property.getKey() + " is left out: " + why);
    }
    return why != null;
  }

  private static Metadata asManyAsFit(Map<String, Object> properties, InputChecks checks) {
    Map<String, Object> kept = new HashMap<>();
    Metadata held = Metadata.empty();
    for (String key : properties.keySet().stream().sorted(BY_IMPORTANCE).toList()) {
      kept.put(key, properties.get(key));
      try {
        held = checks.metadata(kept);
      } catch (RuntimeException e) {
        kept.remove(key);
      }
    }
    return held;
  }

  /** Why metadata can't hold this; null if they can. */
  private static @Nullable String whyRefused(Map<String, Object> properties, InputChecks checks) {
    try {
      checks.metadata(properties);
      return null;
    } catch (RuntimeException e) {
      return message(e);
    }
  }

  private static String message(RuntimeException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
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

package io.agents.registry.core.internal;

import io.agents.registry.api.InvalidQueryException;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.RegistrationRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Checks and copies what callers pass, under the limits in force, before any lock is taken. */
final class InputChecks {

  private final Supplier<Settings> settings;
  private final ParsedFilters parsed = new ParsedFilters();

  InputChecks(Supplier<Settings> settings) {
    this.settings = settings;
  }

  NewAgent newAgent(
      String id, ServiceReference<?> service, Map<String, ?> metadata, Bundle registrar) {
    requireId(id);
    requireNotNull("the service", service);
    Metadata copy = metadata(metadata);
    Bundle owner = service.getBundle();
    if (owner == null) {
      throw new OwnerGoneException(id, service);
    }
    return new NewAgent(id, service, owner, registrar, copy);
  }

  List<NewAgent> newAgents(Collection<RegistrationRequest> requests, Bundle registrar) {
    requireNotNull("the collection of requests", requests);
    List<NewAgent> agents = new ArrayList<>(requests.size());
    Set<String> ids = new HashSet<>();
    for (RegistrationRequest request : requests) {
      requireNotNull("a request", request);
      agents.add(newAgent(request.id(), request.service(), request.metadata(), registrar));
      if (!ids.add(request.id())) {
        throw new IllegalArgumentException(
            "two requests have the agent id '" + request.id() + "'; each needs one of its own");
      }
    }
    return agents;
  }

  Metadata metadata(Map<String, ?> metadata) {
    return Metadata.copyOf(metadata, settings.get().metadata());
  }

  /** Refuses what can't be the id of an agent. */
  void requireId(String id) {
    requireNotNull("the agent id", id);
    int longest = settings.get().maxIdLength();
    if (id.isEmpty() || id.length() > longest) {
      throw new IllegalArgumentException(
          "the agent id has " + id.length() + " characters; allowed are 1 to " + longest);
    }
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        throw new IllegalArgumentException(
            String.format(
                "the agent id has the control character U+%04X at position %d; none is allowed",
                (int) id.charAt(i), i));
      }
    }
  }

  Query query(Query query) {
    requireNotNull("the query", query);
    int deepest = settings.get().query().maxDepth();
    if (query.depth() > deepest) {
      throw new InvalidQueryException(
          query.toString(), 0, "a query of at most " + deepest + " levels");
    }
    return query;
  }

  Query parse(String filter) {
    return parsed.parse(filter, settings.get().query());
  }

  static void requireNotNull(String what, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is null");
    }
  }
}

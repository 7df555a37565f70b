package io.agents.benchmarks;

import static com.googlecode.cqengine.query.QueryFactory.and;
import static com.googlecode.cqengine.query.QueryFactory.ascending;
import static com.googlecode.cqengine.query.QueryFactory.equal;
import static com.googlecode.cqengine.query.QueryFactory.greaterThanOrEqualTo;
import static com.googlecode.cqengine.query.QueryFactory.orderBy;
import static com.googlecode.cqengine.query.QueryFactory.queryOptions;

import com.googlecode.cqengine.ConcurrentIndexedCollection;
import com.googlecode.cqengine.IndexedCollection;
import com.googlecode.cqengine.attribute.MultiValueNullableAttribute;
import com.googlecode.cqengine.attribute.SimpleAttribute;
import com.googlecode.cqengine.attribute.SimpleNullableAttribute;
import com.googlecode.cqengine.index.hash.HashIndex;
import com.googlecode.cqengine.index.navigable.NavigableIndex;
import com.googlecode.cqengine.index.unique.UniqueIndex;
import com.googlecode.cqengine.query.option.QueryOptions;
import com.googlecode.cqengine.resultset.ResultSet;
import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.ServiceReference;

/**
 * CQEngine, a query engine for collections, as its manual advises: a unique index on the id and
 * hash indexes on the attributes that {@code ets} indexes, too. Queries are translated when they
 * are prepared.
 */
final class CqEngineSubject implements Subject {

  private static final SimpleAttribute<Agent, String> ID =
      new SimpleAttribute<>(Agent.class, String.class, "id") {
        @Override
        public String getValue(Agent agent, QueryOptions options) {
          return agent.id();
        }
      };

  private static final MultiValueNullableAttribute<Agent, String> CAPABILITY =
      new MultiValueNullableAttribute<>(Agent.class, String.class, "capability", false) {
        @Override
        @SuppressWarnings("unchecked")
        public Iterable<String> getNullableValues(Agent agent, QueryOptions options) {
          return (List<String>) agent.metadata().get("capability");
        }
      };

  private static final SimpleNullableAttribute<Agent, Integer> MEMORY =
      new SimpleNullableAttribute<>(Agent.class, Integer.class, "resources.memory") {
        @Override
        public Integer getValue(Agent agent, QueryOptions options) {
          return (Integer) agent.metadata().get("resources.memory");
        }
      };

  private static final SimpleNullableAttribute<Agent, String> NODE = text("node");
  private static final SimpleNullableAttribute<Agent, String> TYPE = text("type");
  private static final SimpleNullableAttribute<Agent, String> HEALTH = text("health_status");

  private final IndexedCollection<Agent> agents = new ConcurrentIndexedCollection<>();
  private final NewAgents newAgents = new NewAgents();

  /** Filled before anything is measured, read only from then on. */
  private final IdentityHashMap<Query, com.googlecode.cqengine.query.Query<Agent>> prepared =
      new IdentityHashMap<>();

  CqEngineSubject() {
    agents.addIndex(UniqueIndex.onAttribute(ID));
    agents.addIndex(HashIndex.onAttribute(CAPABILITY));
    agents.addIndex(HashIndex.onAttribute(NODE));
    agents.addIndex(HashIndex.onAttribute(TYPE));
    if (Boolean.getBoolean(Implementation.ORDERED)) {
      agents.addIndex(NavigableIndex.onAttribute(MEMORY));
    }
  }

  private static SimpleNullableAttribute<Agent, String> text(String name) {
    return new SimpleNullableAttribute<>(Agent.class, String.class, name) {
      @Override
      public String getValue(Agent agent, QueryOptions options) {
        return (String) agent.metadata().get(name);
      }
    };
  }

  @Override
  public void prepare(Query query) {
    prepared.put(query, translated(query));
  }

  private static com.googlecode.cqengine.query.Query<Agent> translated(Query query) {
    if (query instanceof Query.And both && both.operands().size() == 2) {
      return and(translated(both.operands().get(0)), translated(both.operands().get(1)));
    }
    if (query instanceof Query.Comparison comparison) {
      String value = comparison.value();
      String asked = comparison.attribute() + " " + comparison.operator();
      return switch (asked) {
        case "capability EQUAL" -> equal(CAPABILITY, value);
        case "node EQUAL" -> equal(NODE, value);
        case "type EQUAL" -> equal(TYPE, value);
        case "health_status EQUAL" -> equal(HEALTH, value);
        case "resources.memory GREATER_OR_EQUAL" ->
            greaterThanOrEqualTo(MEMORY, Integer.valueOf(value));
        default -> throw new IllegalArgumentException("no translation of " + query);
      };
    }
    throw new IllegalArgumentException("no translation of " + query);
  }

  @Override
  public Agent lookup(String id) {
    try (ResultSet<Agent> found = agents.retrieve(equal(ID, id))) {
      return found.isEmpty() ? null : found.uniqueResult();
    }
  }

  @Override
  public void register(String id, ServiceReference<?> service, Metadata metadata) {
    Require.that(agents.add(newAgents.make(id, service, metadata)), id);
  }

  @Override
  public void unregister(String id) {
    Require.that(agents.remove(existing(id)), id);
  }

  @Override
  public Agent update(String id, Metadata metadata) {
    Agent before = existing(id);
    Agent after = before.withMetadata(metadata);
    Require.that(agents.update(List.of(before), List.of(after)), id);
    return after;
  }

  private Agent existing(String id) {
    Agent agent = lookup(id);
    Require.that(agent != null, id);
    return agent;
  }

  @Override
  public List<Agent> query(Query query) {
    try (ResultSet<Agent> found = agents.retrieve(prepared.get(query))) {
      return found.stream().toList();
    }
  }

  @Override
  public List<Agent> find(Search search) {
    if (!search.orderedBy().equals(Optional.of(AgentData.MEMORY)) || search.isDescending()) {
      throw new IllegalArgumentException("no translation of " + search);
    }
    QueryOptions order = queryOptions(orderBy(ascending(MEMORY)));
    try (ResultSet<Agent> found = agents.retrieve(prepared.get(search.query()), order)) {
      return found.stream().limit(search.limit()).toList();
    }
  }

  @Override
  public boolean exists(Query query) {
    try (ResultSet<Agent> found = agents.retrieve(prepared.get(query))) {
      return found.isNotEmpty();
    }
  }

  @Override
  public List<Agent> query(String text) {
    try (ResultSet<Agent> found = agents.retrieve(translated(Query.parse(text)))) {
      return found.stream().toList();
    }
  }

  @Override
  public int count(Query query) {
    try (ResultSet<Agent> found = agents.retrieve(prepared.get(query))) {
      return found.size();
    }
  }

  @Override
  public int count() {
    return agents.size();
  }

  @Override
  public List<Agent> list() {
    return List.copyOf(agents);
  }
}

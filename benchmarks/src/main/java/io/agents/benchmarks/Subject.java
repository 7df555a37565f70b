package io.agents.benchmarks;

import io.agents.registry.api.Agent;
import io.agents.registry.api.Metadata;
import io.agents.registry.api.Query;
import io.agents.registry.api.Search;
import java.util.List;
import org.osgi.framework.ServiceReference;

/**
 * What is measured, behind one set of methods. A virtual machine that measures has one subject, so
 * that the calls through this interface cost nothing.
 */
interface Subject {

  /** Finds an agent by its id; null if there is none. */
  Agent lookup(String id);

  /**
   * Registers an agent.
   *
   * @throws IllegalStateException if the id is in use
   */
  void register(String id, ServiceReference<?> service, Metadata metadata);

  /**
   * Removes an agent.
   *
   * @throws IllegalStateException if there is none
   */
  void unregister(String id);

  /**
   * Replaces the metadata of an agent.
   *
   * @return the agent as it is now
   * @throws IllegalStateException if there is none
   */
  Agent update(String id, Metadata metadata);

  /**
   * Prepares a query that will be asked, so that what a program does once for a query is not
   * measured each time.
   */
  default void prepare(Query query) {}

  /** The agents that satisfy a query, which was prepared. */
  List<Agent> query(Query query);

  /** The first agents that satisfy a query, which was prepared, in an order. */
  default List<Agent> find(Search search) {
    return search.select(query(search.query()));
  }

  /** Whether an agent satisfies a query, which was prepared. */
  default boolean exists(Query query) {
    return !query(query).isEmpty();
  }

  /** The agents that satisfy a query that is given as text; what the text means is not prepared. */
  default List<Agent> query(String text) {
    return query(Query.parse(text));
  }

  /** How many agents satisfy a query, which was prepared. */
  int count(Query query);

  /** How many agents there are. */
  int count();

  /** All agents. */
  List<Agent> list();
}

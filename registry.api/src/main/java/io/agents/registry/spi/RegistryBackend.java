package io.agents.registry.spi;

import io.agents.registry.api.Agent;
import io.agents.registry.api.OwnerGoneException;
import io.agents.registry.api.Query;
import io.agents.registry.api.QueryPlan;
import io.agents.registry.api.Search;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stores agents and finds them: what an implementation of the registry provides as a service.
 *
 * <h2>How to provide one</h2>
 *
 * <ul>
 *   <li>Register it as a service with the property {@link #IMPLEMENTATION}. As a component it must
 *       be {@code immediate}, or it is rebuilt empty whenever nobody uses it for a moment.
 *   <li>Start empty. The registry hands over what it holds, and leaves the backend empty when it
 *       ends: what it held is kept by an {@link Inheritance}.
 *   <li>Prove it with the contract suite of {@code registry.testkit}.
 * </ul>
 *
 * <h2>Rules for all methods</h2>
 *
 * <ul>
 *   <li>Any number of threads may call any of them at once. The registry never makes two writes of
 *       the same id at once; but while it hands agents over, it may call {@link #putIfAbsent} for
 *       an id beside a write of that id.
 *   <li>Every write is atomic for readers: a lookup, query or iteration sees an agent before or
 *       after it, in one revision, and finds it through an index exactly if that revision matches.
 *   <li>A read that begins after a write has returned sees that write.
 *   <li>They are called under locks of the registry. So none of them may wait for another thread
 *       that calls the registry, call foreign code, or take a lock that is held while {@link
 *       OwnerGoneHandler} is called.
 *   <li>They go on answering without an exception after the backend's component was deactivated,
 *       from whatever it still holds: a call may be under way in that moment.
 *   <li>Arguments are never null.
 * </ul>
 */
@ProviderType
public interface RegistryBackend {

  /**
   * The service property that names the implementation: a short word in lower case, unique in a
   * framework.
   */
  String IMPLEMENTATION = "registry.implementation";

  /** The name of the implementation that people migrate away from. */
  String LEGACY = "legacy";

  /** The name of the concurrent, indexed implementation that monitors owners. */
  String ETS = "ets";

  /**
   * Finds an agent by its id.
   *
   * @param id the id
   * @return the agent, or null if there is none
   */
  @Nullable Agent lookup(String id);

  /**
   * Stores an agent if its id is free.
   *
   * @param agent the agent
   * @return null if it was stored, else the agent that holds the id
   * @throws OwnerGoneException if this backend monitors owners and the agent's service is gone, or
   *     just going; the agent is not stored then, also if the service goes while it is being stored
   */
  @Nullable Agent putIfAbsent(Agent agent);

  /**
   * Puts an agent in the place of another with the same id: a new revision, or a new registration.
   *
   * @param expected the agent that is to be replaced
   * @param agent the agent to store
   * @return whether {@code expected} was there, in {@link Agent#isSameVersionAs the same version},
   *     and was replaced
   * @throws OwnerGoneException as {@link #putIfAbsent}; {@code expected} stays then, unless its
   *     owner is gone too
   */
  boolean replace(Agent expected, Agent agent);

  /**
   * Removes an agent.
   *
   * @param expected the agent that is to be removed
   * @return whether it was there, in {@link Agent#isSameVersionAs the same version}, and was
   *     removed
   */
  boolean remove(Agent expected);

  /**
   * Removes all agents, and the monitors of their owners, without telling the {@link
   * OwnerGoneHandler}. Agents that are stored meanwhile may or may not stay.
   */
  void clear();

  /**
   * How many agents there are, in constant time or nearly so. While no write is under way, exactly;
   * else give or take the writes that are.
   *
   * @return the number of agents
   */
  int size();

  /**
   * Gives all agents, in no order. Agents that are there during the whole call are given once;
   * those that come, go or change meanwhile may or may not be, but never twice for the same
   * registration.
   *
   * @param action is given each agent; it may call this backend and may take locks of the registry,
   *     so no lock of this backend may be held while it runs
   */
  void forEach(Consumer<? super Agent> action);

  /**
   * Finds the agents that satisfy a query.
   *
   * @param query the query
   * @return the agents whose metadata {@linkplain Query#matches match}, in no order, no
   *     registration twice; can't be changed
   */
  List<Agent> query(Query query);

  /**
   * How many agents satisfy a query.
   *
   * @param query the query
   * @return the number of agents that {@link #query} would give
   */
  int count(Query query);

  /**
   * Finds agents in an order, and no more of them than wanted. Where nothing else is provided, all
   * that match are found first.
   *
   * @param search what has to match, in which order, and how many at most
   * @return what {@link Search#select} takes out of those that {@link #query} would give; can't be
   *     changed
   */
  default List<Agent> find(Search search) {
    return search.select(query(search.query()));
  }

  /**
   * Whether an agent satisfies a query. Where nothing else is provided, all that match are counted.
   *
   * @param query the query
   * @return whether {@link #query} would give at least one
   */
  default boolean exists(Query query) {
    return count(query) > 0;
  }

  /**
   * What there is an index for.
   *
   * @return the names or paths of attributes; empty if there is no index; can't be changed
   */
  Set<String> indexedAttributes();

  /**
   * How a query is answered. Runs it to see.
   *
   * @param query the query
   * @return the plan, with the figures of this run
   */
  QueryPlan explain(Query query);

  /**
   * What is monitored.
   *
   * @return the number of services and bundles with agents here that are watched; {@link
   *     OwnerMonitoring#NONE} for a backend that does not monitor
   */
  OwnerMonitoring monitoring();

  /**
   * Sets who is to be told of owners that go. The registry sets itself when it begins to use a
   * backend.
   *
   * @param handler is given every agent whose owner goes from now on; null for nobody, the backend
   *     then just removes them
   */
  void setOwnerGoneHandler(@Nullable OwnerGoneHandler handler);
}

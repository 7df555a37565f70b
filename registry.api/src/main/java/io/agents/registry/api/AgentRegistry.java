package io.agents.registry.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.ServiceReference;

/**
 * The directory of agents of this framework: who they are, what they can do, and gone the moment
 * their bundle is.
 *
 * <pre>{@code
 * @Reference AgentRegistry registry;
 *
 * Registration me = registry.register("translator-1", reference, Map.of("capability", "translation"));
 * List<Agent> able = registry.findByAttribute("capability", "translation");
 * me.close();
 * }</pre>
 *
 * <p>The service is bundle-scoped: it knows the bundle that calls it. A bundle changes only agents
 * that it owns or registered; reading is open to all. {@link RegistryAdmin} acts on all agents.
 *
 * <p>All methods may be called by many threads at once, and none calls back into the caller. What
 * was accepted is never lost, and no call fails, because the backend behind the registry is
 * exchanged, stopped or updated meanwhile. Reads never wait. A lookup that begins after a change
 * has returned sees that change. A list, too, holds every agent that matched during the whole call
 * and none that matched at no time of the call, each in one revision; it is not a snapshot of one
 * instant over all agents.
 *
 * <p>Null arguments are refused with an {@link IllegalArgumentException} where no other exception
 * is named. A refused call changes nothing.
 *
 * <p>When the bundle of the registry is stopped or updated, this service goes. From then on all
 * methods throw an {@link IllegalStateException}, also those that read. The agents stay: the next
 * service {@code AgentRegistry} in this framework has those that were registered by call, as they
 * were, and those from the service registry anew.
 */
@ProviderType
public interface AgentRegistry {

  /**
   * The service property that makes any service an agent; its value is the agent's id, a string.
   * (The registry may be configured to make services without it agents too.)
   */
  String AGENT_ID = "agent.id";

  /**
   * The prefix of the service properties that become metadata of such an agent, without the prefix.
   * The property {@link #AGENT_ID} itself is not among them.
   */
  String AGENT_PROPERTY_PREFIX = "agent.";

  /** The longest id, in characters, where nothing else is configured. */
  int DEFAULT_MAX_ID_LENGTH = 256;

  /**
   * Registers an agent. An id whose holder's owner is gone is free; the new agent takes over.
   *
   * @param id the name of the agent; not empty, without control characters, at most {@value
   *     #DEFAULT_MAX_ID_LENGTH} characters where nothing else is configured
   * @param service the agent; its bundle becomes the owner
   * @param metadata what is to be known about it; copied, see {@link Metadata}
   * @return a handle to this registration
   * @throws IllegalArgumentException if the id is null, empty, too long or has control characters,
   *     or the service is null
   * @throws InvalidMetadataException if the metadata is null, has a wrong type in it, or is too
   *     deep or too large
   * @throws OwnerGoneException if the service is gone, or is just going
   * @throws AgentAlreadyRegisteredException if the id is in use, naming the holder
   * @throws QuotaExceededException if a quota on the number of agents is configured and used up
   */
  Registration register(String id, ServiceReference<?> service, Map<String, ?> metadata);

  /**
   * Registers an agent, taking the id over from whoever holds it. The former agent's registration
   * has ended then.
   *
   * @param id as in {@link #register}
   * @param service as in {@link #register}
   * @param metadata as in {@link #register}
   * @return a handle to this registration
   * @throws IllegalArgumentException as {@link #register}
   * @throws InvalidMetadataException as {@link #register}
   * @throws OwnerGoneException as {@link #register}
   * @throws NotOwnerException if the id is held by an agent that the caller neither owns nor
   *     registered, and whose owner is there
   * @throws QuotaExceededException as {@link #register}; taking an id over needs room only if it
   *     goes to another owner
   */
  Registration registerOrReplace(String id, ServiceReference<?> service, Map<String, ?> metadata);

  /**
   * Registers several agents, all or none. Other threads may see some of them a moment before the
   * others.
   *
   * @param requests what to register; may be empty
   * @return a handle to each registration, in the order of the requests
   * @throws IllegalArgumentException as {@link #register}, or if two requests have the same id
   * @throws InvalidMetadataException as {@link #register}
   * @throws OwnerGoneException as {@link #register}
   * @throws AgentAlreadyRegisteredException as {@link #register}
   * @throws QuotaExceededException as {@link #register}, if there is not room for all
   */
  List<Registration> registerAll(Collection<RegistrationRequest> requests);

  /**
   * Finds an agent by its id, in constant time.
   *
   * @param id the id
   * @return the agent, or empty if there is none
   * @throws IllegalArgumentException if the id is null
   */
  Optional<Agent> lookup(String id);

  /**
   * Replaces the metadata of an agent, whatever its revision.
   *
   * @param id the agent
   * @param metadata the new metadata, whole; copied
   * @return the agent as it is now, its revision higher by one
   * @throws AgentNotFoundException if there is no such agent
   * @throws NotOwnerException if the caller neither owns nor registered it
   * @throws InvalidMetadataException as {@link #register}
   * @throws OwnerGoneException if the agent's service is gone, or is just going
   */
  Agent updateMetadata(String id, Map<String, ?> metadata);

  /**
   * Replaces the metadata of an agent if it has not changed since. Revisions begin at 1 with each
   * registration; to be sure that it is still the same registration use {@link
   * Registration#update(Map, long)}.
   *
   * @param id the agent
   * @param metadata the new metadata, whole; copied
   * @param expectedRevision the revision that the caller has seen
   * @return the agent as it is now, its revision higher by one
   * @throws StaleRevisionException if the agent is at another revision
   * @throws AgentNotFoundException if there is no such agent
   * @throws NotOwnerException if the caller neither owns nor registered it
   * @throws InvalidMetadataException as {@link #register}
   * @throws OwnerGoneException if the agent's service is gone, or is just going
   */
  Agent updateMetadata(String id, Map<String, ?> metadata, long expectedRevision);

  /**
   * Removes an agent. May be called again.
   *
   * @param id the agent
   * @return whether there was one
   * @throws IllegalArgumentException if the id is null
   * @throws NotOwnerException if the caller neither owns nor registered it
   */
  boolean unregister(String id);

  /**
   * Finds the agents that have a value in an attribute; the same as {@code
   * query(Query.where(name).equalTo(value))}.
   *
   * @param name the name or path of the attribute
   * @param value the value: a string, number, boolean, character or enum
   * @return the agents that match, in no order; empty if there is none; can't be changed
   * @throws InvalidQueryException if the name or the value can't stand in a query
   */
  List<Agent> findByAttribute(String name, Object value);

  /**
   * Finds the agents that satisfy a query.
   *
   * @param query the query
   * @return the agents that match, in no order; empty if there is none; can't be changed
   * @throws InvalidQueryException if the query is deeper than configured
   */
  List<Agent> query(Query query);

  /**
   * Finds agents in an order, and no more of them than wanted.
   *
   * @param search what has to match, in which order, and how many at most
   * @return the agents, in the order of the search; empty if nothing matches; can't be changed
   * @throws InvalidQueryException if the query is deeper than configured
   */
  List<Agent> find(Search search);

  /**
   * Whether an agent satisfies a query, without looking for more than one.
   *
   * @param query the query
   * @return whether at least one agent matches
   * @throws InvalidQueryException if the query is deeper than configured
   */
  boolean exists(Query query);

  /**
   * Reads a filter under the limits that this registry is configured with.
   *
   * @param filter a filter as {@link Query#parse(String)} reads it
   * @return the query; prepared, and worth keeping; the latest ones are kept, so that short texts
   *     which come again are not read again
   * @throws InvalidQueryException as {@link Query#parse(String)}
   */
  Query parseQuery(String filter);

  /**
   * How many agents there are, in constant time. While others change the registry, give or take the
   * changes that are under way.
   *
   * @return the number of agents
   */
  int count();

  /**
   * How many agents satisfy a query.
   *
   * @param query the query
   * @return the number of agents
   * @throws InvalidQueryException if the query is deeper than configured
   */
  int count(Query query);

  /**
   * All agents.
   *
   * @return the agents, in no order; empty if there is none; can't be changed
   */
  List<Agent> agents();

  /**
   * What the active backend has an index for.
   *
   * @return the names or paths of attributes; empty if it has no index; can't be changed
   */
  Set<String> indexedAttributes();

  /**
   * How the active backend answers a query. It runs the query to see.
   *
   * @param query the query
   * @return which index is used, and how many agents are looked at
   * @throws InvalidQueryException if the query is deeper than configured
   */
  QueryPlan explain(Query query);
}

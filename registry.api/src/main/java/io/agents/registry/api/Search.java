package io.agents.registry.api;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query with the order in which agents are wanted, and how many of them: "the five least loaded
 * that translate" is one call.
 *
 * <pre>{@code
 * registry.find(
 *     Search.of(Query.where("capability").equalTo("translation")).orderBy("load").limit(5));
 * }</pre>
 *
 * <h2>The order</h2>
 *
 * <ul>
 *   <li>Agents are ordered by a value of one attribute: numbers by their numeric value, then texts
 *       by UTF-16 code units, then {@code false} and {@code true}. A character is a text.
 *   <li>Of several values the least counts, in descending order the greatest.
 *   <li>Agents without such a value (no attribute, an empty list, a map, NaN, an infinite number)
 *       come last, in descending order too.
 *   <li>Agents that are equal in this come in the order of their ids.
 *   <li>Without an attribute to order by there is no order, and a limit gives any of the matches.
 * </ul>
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class Search {

  private final Query query;
  private final @Nullable AttributeReader order;
  private final boolean descending;
  private final int limit;

  private Search(Query query, @Nullable AttributeReader order, boolean descending, int limit) {
    this.query = query;
    this.order = order;
    this.descending = descending;
    this.limit = limit;
  }

  /**
   * All agents that match, in no order.
   *
   * @param query the query
   * @return the search
   * @throws IllegalArgumentException if the query is null
   */
  public static Search of(Query query) {
    if (query == null) {
      throw new IllegalArgumentException("the query is null");
    }
    return new Search(query, null, false, Integer.MAX_VALUE);
  }

  /**
   * The same search, with the agents in the order of an attribute, the least first. Takes the place
   * of an order that was given before.
   *
   * @param attribute the name or path of the attribute
   * @return the search with this order
   * @throws InvalidQueryException if it is null or no attribute name
   */
  public Search orderBy(String attribute) {
    return new Search(query, AttributeReader.of(attribute), false, limit);
  }

  /**
   * The same search, with the agents in the order of an attribute, the greatest first. Takes the
   * place of an order that was given before.
   *
   * @param attribute the name or path of the attribute
   * @return the search with this order
   * @throws InvalidQueryException if it is null or no attribute name
   */
  public Search orderByDescending(String attribute) {
    return new Search(query, AttributeReader.of(attribute), true, limit);
  }

  /**
   * The same search, with so many agents at most. Takes the place of a limit that was given before.
   *
   * @param most how many, at least 1
   * @return the search with this limit
   * @throws IllegalArgumentException if it is less than 1
   */
  public Search limit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("the limit is " + most + "; allowed is 1 or more");
    }
    return new Search(query, order, descending, most);
  }

  /**
   * What has to match.
   *
   * @return the query
   */
  public Query query() {
    return query;
  }

  /**
   * What the agents are ordered by.
   *
   * @return the name or path of the attribute; empty if there is no order
   */
  public Optional<String> orderedBy() {
    return order == null ? Optional.empty() : Optional.of(order.attribute());
  }

  /**
   * Whether the greatest come first.
   *
   * @return whether the order is descending; false if there is none
   */
  public boolean isDescending() {
    return descending;
  }

  /**
   * How many agents are wanted at most.
   *
   * @return the limit; {@link Integer#MAX_VALUE} if there is none
   */
  public int limit() {
    return limit;
  }

  /**
   * Takes the agents that are wanted out of those that match: for backends. With a limit of n it
   * keeps n agents at a time and does not sort the others.
   *
   * @param matching agents that match the query, each once; it does not ask the query again
   * @return at most {@link #limit} of them, in the order of this search; can't be changed
   */
  public List<Agent> select(Collection<Agent> matching) {
    if (order == null) {
      return matching.stream().limit(limit).toList();
    }
    FirstAgents first = new FirstAgents(order, descending, limit);
    matching.forEach(first::offer);
    return first.inOrder();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Search that
        && query.equals(that.query)
        && orderedBy().equals(that.orderedBy())
        && descending == that.descending
        && limit == that.limit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(query, orderedBy(), descending, limit);
  }

  /**
   * The search for a person.
   *
   * @return the query as a filter, with the order and the limit in words
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(query.toString());
    if (order != null) {
      out.append(" by ").append(order.attribute()).append(descending ? ", greatest first" : "");
    }
    if (limit != Integer.MAX_VALUE) {
      out.append(", at most ").append(limit);
    }
    return out.toString();
  }
}

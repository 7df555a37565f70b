package io.agents.registry.api;

import java.util.List;
import java.util.Objects;

/**
 * How a backend answers a query, as a tree: the root speaks of the whole query, the parts of what
 * it is put together from.
 *
 * @param access how the agents are found
 * @param filter the part of the query that this step answers, as text
 * @param index the attribute whose index is used; empty text if none is
 * @param estimated how many agents the backend expected to look at
 * @param examined how many agents it looked at one by one; 0 where an index alone gives the answer
 * @param matched how many agents this step gave
 * @param parts the steps below this one; can't be changed
 */
public record QueryPlan(
    Access access,
    String filter,
    String index,
    int estimated,
    int examined,
    int matched,
    List<QueryPlan> parts) {

  /** A way to find agents. */
  public enum Access {
    /** All agents are looked at. */
    SCAN,
    /** The posting list of a value in an index. */
    INDEX,
    /** What all parts gave. */
    INTERSECTION,
    /** What any part gave. */
    UNION,
    /** What a part did not give. */
    DIFFERENCE,
    /** The candidates that the part gave are looked at, one by one. */
    FILTER
  }

  /**
   * Checks that nothing is missing and copies the parts.
   *
   * @throws NullPointerException if a reference is null
   */
  public QueryPlan {
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(index, "index");
    parts = List.copyOf(parts);
  }

  /**
   * The plan for a person: a line for each step, parts indented below the step that uses them.
   *
   * @return one or more lines, without a line break at the end
   */
  public String describe() {
    StringBuilder out = new StringBuilder();
    describe("", out);
    return out.toString();
  }

  private void describe(String indent, StringBuilder out) {
    out.append(indent).append(access).append(' ').append(filter);
    if (!index.isEmpty()) {
      out.append(" by the index of ").append(index);
    }
    out.append(": ").append(estimated).append(" estimated, ");
    out.append(examined).append(" looked at, ").append(matched).append(" matched");
    for (QueryPlan part : parts) {
      part.describe(indent + "  ", out.append('\n'));
    }
  }
}

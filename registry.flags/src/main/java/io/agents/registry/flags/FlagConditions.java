package io.agents.registry.flags;

import io.agents.registry.api.Query;
import io.agents.registry.flags.internal.ConditionsText;
import io.agents.registry.flags.internal.Wildcards;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For whom and when the share of a {@link FlagValue} counts.
 *
 * @param nodes names of nodes, where {@code *} stands for any text and {@code ?} for one character;
 *     one that matches is enough; empty for all nodes
 * @param where what the attributes of the context must satisfy; null for anything
 * @param from when the value begins to hold; null for always
 * @param until when it holds no longer; null for never
 */
public record FlagConditions(
    List<String> nodes, @Nullable Query where, @Nullable Instant from, @Nullable Instant until) {

  /** No condition. */
  public static final FlagConditions NONE = new FlagConditions(List.of(), null, null, null);

  /**
   * Checks the conditions.
   *
   * @throws NullPointerException if the list of nodes or one of them is null
   * @throws IllegalArgumentException if a name is empty, has white space, a comma or a parenthesis
   *     in it, or is one of the words between the conditions; if the filter has control characters
   *     in it; or if the beginning is not before the end
   */
  public FlagConditions {
    nodes = List.copyOf(Objects.requireNonNull(nodes, "nodes"));
    nodes.forEach(ConditionsText::checkName);
    if (where != null) {
      ConditionsText.checkFilter(where);
    }
    if (from != null && until != null && !from.isBefore(until)) {
      throw new IllegalArgumentException(
          "the beginning " + from + " is not before the end " + until);
    }
  }

  /**
   * Whether the time in question is between the beginning and the end.
   *
   * @param now the time
   * @return whether a value with these conditions holds then
   */
  public boolean holdAt(Instant now) {
    return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
  }

  /**
   * Whether a context is one of those that are meant; the time does not count.
   *
   * @param context for whom the flag is evaluated
   * @return whether its node and its attributes are as wanted
   */
  public boolean match(FlagContext context) {
    return (nodes.isEmpty()
            || nodes.stream().anyMatch(node -> Wildcards.match(node, context.node())))
        && (where == null || where.matches(context.attributes()));
  }

  /**
   * The conditions as text.
   *
   * @return what {@link FlagValue#parse} reads after the share, such as {@code for edge-* from
   *     2026-12-01T00:00:00Z}; empty if there are none
   */
  @Override
  public String toString() {
    return ConditionsText.of(this);
  }
}

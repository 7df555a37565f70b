package io.agents.registry.flags;

import io.agents.registry.api.Metadata;
import java.util.Objects;

/**
 * For whom a flag is evaluated.
 *
 * @param node the name of the node, by which sets of nodes are told; empty for none
 * @param id of what a share is taken: a user, a tenant, a node; may be empty
 * @param attributes what else is known, for values with a {@code where}; may be empty
 */
public record FlagContext(String node, String id, Metadata attributes) {

  /**
   * Checks that nothing is missing.
   *
   * @throws NullPointerException if anything is null, naming it
   */
  public FlagContext {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(attributes, "attributes");
  }

  /**
   * A node itself: a share is a share of the nodes.
   *
   * @param node its name
   * @return a context of that node and that id
   */
  public static FlagContext ofNode(String node) {
    return new FlagContext(node, node, Metadata.empty());
  }

  /**
   * Something on a node.
   *
   * @param node the name of the node
   * @param id of what a share is taken
   * @return a context of those two
   */
  public static FlagContext of(String node, String id) {
    return new FlagContext(node, id, Metadata.empty());
  }
}

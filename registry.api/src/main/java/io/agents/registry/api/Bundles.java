package io.agents.registry.api;

import org.osgi.framework.Bundle;

/** Names bundles in messages. */
final class Bundles {

  private Bundles() {}

  /** The symbolic name and the id, such as {@code io.agents.examples.fleet [12]}. */
  static String describe(Bundle bundle) {
    return bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
  }
}

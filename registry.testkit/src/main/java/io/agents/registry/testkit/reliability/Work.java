package io.agents.registry.testkit.reliability;

import org.osgi.annotation.versioning.ConsumerType;

/** A piece of work that may throw anything. */
@ConsumerType
@FunctionalInterface
public interface Work {

  /**
   * Does the work.
   *
   * @throws Exception if it fails
   */
  void run() throws Exception;
}

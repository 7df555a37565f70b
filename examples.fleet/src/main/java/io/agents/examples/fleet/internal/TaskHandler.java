package io.agents.examples.fleet.internal;

/**
 * What every agent of the fleet is: a service that takes a task. Many threads may call it at once.
 */
public interface TaskHandler {

  /**
   * Does a task.
   *
   * @param task what to do, as text
   * @return the result, as text
   */
  String handle(String task);
}

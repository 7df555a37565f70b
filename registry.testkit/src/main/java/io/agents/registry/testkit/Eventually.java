package io.agents.registry.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what happens on other threads; a failed wait says what was missing. */
public final class Eventually {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);

  private Eventually() {}

  /**
   * Waits until a condition holds.
   *
   * @param what what is awaited, for the message
   * @param condition asked again and again
   * @throws org.awaitility.core.ConditionTimeoutException if it does not hold in 30 seconds
   */
  public static void holds(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(LIMIT)
        .until(condition);
  }

  /**
   * Waits until an assertion passes.
   *
   * @param what what is awaited, for the message
   * @param assertion made again and again
   * @throws org.awaitility.core.ConditionTimeoutException if it does not pass in 30 seconds, with
   *     its last failure
   */
  public static void passes(String what, ThrowingRunnable assertion) {
    Awaitility.await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(LIMIT)
        .untilAsserted(assertion);
  }
}

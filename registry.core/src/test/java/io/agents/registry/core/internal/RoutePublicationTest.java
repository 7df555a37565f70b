package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.testkit.reliability.Deadline;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every reader sees that the route has moved (R2.3, R11.1), also one whose code was compiled long
 * before.
 */
class RoutePublicationTest {

  /** After fewer turns than these a loop is compiled. */
  private static final long UNTIL_COMPILED = 1_000_000;

  /** Long enough for the loop to be compiled meanwhile. */
  private static final long MOVED_AFTER_MILLIS = 2_000;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "moves the route");
            thread.setDaemon(true);
            return thread;
          });
  private final Routing routing = new Routing(Route.startingAt(Backends.ownStore()));

  @AfterEach
  void close() {
    later.shutdownNow();
  }

  @Test
  void aReaderThatLooksAgainAndAgainSeesTheNewRoute() throws Exception {
    long[] looks = {0};
    Deadline.within(
        LIMIT,
        "the wait of a reader for the new route",
        () -> {
          ScheduledFuture<?> move =
              later.schedule(
                  () -> routing.set(routing.route().movedTo(Backends.ownStore())),
                  MOVED_AFTER_MILLIS,
                  TimeUnit.MILLISECONDS);
          // Now the routing has linked the class of the route, and reads of it can be inlined.
          routing.lookup("agent");
          looks[0] = looksUntilMoved(routing);
          move.get();
        });
    assertThat(looks[0]).as("looks at the route").isGreaterThan(UNTIL_COMPILED);
  }

  /** A loop that ends with the new route alone: the compiler may take a plain read out of it. */
  private static long looksUntilMoved(Routing routing) {
    long looks = 0;
    while (routing.route().generation() == 0) {
      looks++;
    }
    return looks;
  }
}

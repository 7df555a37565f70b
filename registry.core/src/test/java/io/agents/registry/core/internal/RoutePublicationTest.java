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

  private static final int WARM_UPS = 300;
  private static final long LOOKS = 1_000_000;
  private static final long MOVED_AFTER_MILLIS = 500;
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
          for (int i = 0; i < WARM_UPS; i++) {
            looks[0] += looksUntilMoved(LOOKS);
          }
          ScheduledFuture<?> move =
              later.schedule(
                  () -> routing.set(routing.route().movedTo(Backends.ownStore())),
                  MOVED_AFTER_MILLIS,
                  TimeUnit.MILLISECONDS);
          looks[0] += looksUntilMoved(Long.MAX_VALUE);
          move.get();
        });
    assertThat(looks[0]).as("looks at the route").isGreaterThan(WARM_UPS * LOOKS);
  }

  private long looksUntilMoved(long atMost) {
    long looks = 0;
    while (looks < atMost && routing.route().generation() == 0) {
      looks++;
    }
    return looks;
  }
}

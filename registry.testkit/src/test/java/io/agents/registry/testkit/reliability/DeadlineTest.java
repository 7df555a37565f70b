package io.agents.registry.testkit.reliability;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A deadline makes a hang a failure")
@Timeout(60)
class DeadlineTest {

  @Test
  @DisplayName("work that is done in time is done")
  void inTime() {
    CountDownLatch done = new CountDownLatch(1);
    assertThatCode(() -> Deadline.within(Duration.ofSeconds(30), "counting", done::countDown))
        .doesNotThrowAnyException();
    assertThatCode(done::await).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("work that hangs fails, names itself and shows where every thread stands")
  void hang() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(50), "waiting", never::await))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "waiting hangs: not done after 50 ms",
            "CountDownLatch.await",
            "\"main\"",
            "no deadlock among monitors and locks");
  }

  @Test
  @DisplayName("what the work throws is thrown as it is")
  void thrown() {
    IOException failure = new IOException("broken");
    assertThatThrownBy(
            () ->
                Deadline.within(
                    Duration.ofSeconds(30),
                    "failing",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }
}

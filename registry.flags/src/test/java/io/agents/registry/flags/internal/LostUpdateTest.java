package io.agents.registry.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** F1.11: what the registry is never told of is written again, and not for ever. */
class LostUpdateTest {

  private static final String OLD = "(registry.implementation=legacy)";
  private static final String NEW = "(registry.implementation=ets)";

  private final AtomicReference<Optional<Object>> told = new AtomicReference<>(Optional.of(OLD));
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final LostUpdate lostUpdate = new LostUpdate(told::get, busy::get, nanos::get);

  private boolean isLostAfter(long millis, Object configured) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    return lostUpdate.isLost(configured);
  }

  private boolean isLostAfterPatience(Object configured) {
    return isLostAfter(LostUpdate.PATIENCE_MILLIS, configured);
  }

  @Test
  void itIsLostWhenThePatienceIsOver() {
    assertThat(isLostAfterPatience(NEW)).as("when it is seen").isFalse();
    assertThat(lostUpdate.isExpected()).isTrue();
    assertThat(isLostAfter(LostUpdate.PATIENCE_MILLIS - 1, NEW)).as("shortly before").isFalse();
    assertThat(isLostAfter(1, NEW)).isTrue();
    assertThat(lostUpdate.isExpected()).as("expected again").isTrue();
    assertThat(isLostAfter(LostUpdate.PATIENCE_MILLIS - 1, NEW)).as("a second time").isFalse();
    assertThat(isLostAfter(1, NEW)).as("a second time").isTrue();
  }

  @Test
  void whatTheRegistryWasToldIsNotLost() {
    assertThat(isLostAfterPatience(OLD)).isFalse();
    assertThat(isLostAfterPatience(OLD)).isFalse();
    assertThat(lostUpdate.isExpected()).isFalse();
    isLostAfterPatience(NEW);
    told.set(Optional.of(NEW));
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(lostUpdate.isExpected()).isFalse();
  }

  @Test
  void arraysAreComparedByTheirElements() {
    told.set(Optional.of(new String[] {"a"}));
    assertThat(isLostAfterPatience(new String[] {"a"})).isFalse();
    assertThat(lostUpdate.isExpected()).isFalse();
    assertThat(isLostAfterPatience("a")).isFalse();
    assertThat(lostUpdate.isExpected()).isTrue();
  }

  @Test
  void withNothingConfiguredOrNoRegistryNothingIsLost() {
    assertThat(isLostAfterPatience(null)).isFalse();
    assertThat(isLostAfterPatience(null)).isFalse();
    assertThat(lostUpdate.isExpected()).isFalse();
    told.set(Optional.empty());
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(lostUpdate.isExpected()).isFalse();
  }

  @Test
  void whileTheRegistryIsBusyTheTimeDoesNotRun() {
    isLostAfterPatience(NEW);
    busy.set(true);
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(lostUpdate.isExpected()).as("nobody says when it is done").isTrue();
    busy.set(false);
    assertThat(isLostAfter(LostUpdate.PATIENCE_MILLIS - 1, NEW)).isFalse();
    assertThat(isLostAfter(1, NEW)).isTrue();
  }

  @Test
  void whatIsNewsWhileTheRegistryIsBusyIsExpectedAfterwards() {
    busy.set(true);
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(lostUpdate.isExpected()).as("nobody says when it is done").isTrue();
    assertThat(isLostAfterPatience(NEW)).isFalse();
    busy.set(false);
    assertThat(isLostAfterPatience(NEW)).isTrue();
  }

  @Test
  void anotherDifferenceHasATimeOfItsOwn() {
    isLostAfterPatience(NEW);
    assertThat(isLostAfterPatience("(a=b)")).as("another filter").isFalse();
    told.set(Optional.of("(c=d)"));
    assertThat(isLostAfterPatience("(a=b)")).as("told of another").isFalse();
    assertThat(isLostAfterPatience("(a=b)")).isTrue();
  }

  /** Such as a plugin that fills in placeholders: writing again and again would be no help. */
  @Test
  void whereSomethingElseTellsTheRegistryItGivesUp() {
    isLostAfterPatience("(registry.implementation=$[env:IMPLEMENTATION])");
    int written = 0;
    for (int i = 0; i < 100; i++) {
      written += isLostAfterPatience("(registry.implementation=$[env:IMPLEMENTATION])") ? 1 : 0;
    }
    assertThat(written).isEqualTo(LostUpdate.MOST_REPEATS);
    assertThat(lostUpdate.isExpected()).isFalse();
    assertThat(isLostAfterPatience(NEW)).isFalse();
    assertThat(lostUpdate.isExpected()).as("another filter").isTrue();
    assertThat(isLostAfterPatience(NEW)).isTrue();
  }
}

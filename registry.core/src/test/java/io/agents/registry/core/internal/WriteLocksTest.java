package io.agents.registry.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom, and for how long. */
@Timeout(60)
class WriteLocksTest {

  private static final int STRIPES = 4;
  private static final int IDS_APART = 10;

  /** Each with the lock after that of the one before. */
  private static final List<String> IDS =
      IntStream.range(0, 10).mapToObj(i -> idOf(i % STRIPES, i)).toList();

  private final WriteLocks locks = new WriteLocks(STRIPES);

  private static String idOf(int stripe, int number) {
    WriteLocks any = new WriteLocks(STRIPES);
    return Stream.iterate(number, i -> i + IDS_APART)
        .map(i -> "id-" + i)
        .filter(id -> any.stripeOf(id) == stripe)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anIdHasOneLockAndItsNeighboursHaveOthers() {
    ReentrantLock first = locks.lock(IDS.get(0));
    assertThat(locks.isHeld(IDS.get(0))).isTrue();
    assertThat(locks.isHeld(IDS.get(STRIPES))).as("of another id with the same lock").isTrue();
    assertThat(IDS.subList(1, STRIPES)).noneMatch(locks::isHeld);
    first.unlock();
    assertThat(IDS).noneMatch(locks::isHeld);
  }

  @Test
  void idsThatDifferInANumberSpreadOverAllLocks() {
    WriteLocks all = new WriteLocks();
    for (String id : List.of("agent-%06d", "worker-%d", "%x", "eu-%d-west")) {
      int[] ids = new int[all.stripes()];
      for (int i = 0; i < 100 * ids.length; i++) {
        ids[all.stripeOf(id.formatted(i))]++;
      }
      assertThat(Arrays.stream(ids).boxed().toList())
          .as(id)
          .allSatisfy(ofLock -> assertThat(ofLock).isBetween(65, 140));
    }
  }

  @Test
  void severalIdsAreLockedTogetherAndLetGoOfWhateverHappens() {
    List<String> two = List.of(IDS.get(2), IDS.get(0), IDS.get(STRIPES));
    int held =
        locks.locked(
            two, () -> (int) IDS.subList(0, STRIPES).stream().filter(locks::isHeld).count());
    assertThat(held).isEqualTo(2);
    assertThat(IDS).noneMatch(locks::isHeld);
    assertThatThrownBy(
            () ->
                locks.locked(
                    two,
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(IDS).noneMatch(locks::isHeld);
  }

  @Test
  void allAreLockedForAnInstant() {
    assertThat(locks.exclusively(() -> IDS.stream().allMatch(locks::isHeld))).isTrue();
    assertThat(IDS).noneMatch(locks::isHeld);
  }

  @Test
  void theLongestWaitIsThatOfTheWriterWhoWaited() throws Exception {
    locks.lock(IDS.get(0)).unlock();
    locks.locked(IDS, () -> "free");
    assertThat(locks.longestWaitNanos()).as("with nobody in the way").isZero();
    waitFor(() -> locks.lock(IDS.get(0)).unlock());
    long waited = locks.longestWaitNanos();
    assertThat(waited).isGreaterThanOrEqualTo(HELD_NANOS).isLessThan(TimeUnit.MINUTES.toNanos(1));
    locks.lock(IDS.get(0)).unlock();
    assertThat(locks.longestWaitNanos()).as("after a shorter one").isEqualTo(waited);
    locks.resetLongestWait();
    assertThat(locks.longestWaitNanos()).isZero();
    waitFor(() -> locks.locked(IDS, () -> "held"));
    assertThat(locks.longestWaitNanos())
        .isGreaterThanOrEqualTo(HELD_NANOS)
        .isLessThan(TimeUnit.MINUTES.toNanos(1));
  }

  private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Holds the lock of the first id for a while after another thread has begun to wait for it. */
  private void waitFor(Runnable writer) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    ReentrantLock held = locks.lock(IDS.get(0));
    Thread waiting =
        new Thread(
            () -> {
              writer.run();
              done.countDown();
            });
    waiting.start();
    while (!held.hasQueuedThread(waiting)) {
      Thread.onSpinWait();
    }
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < HELD_NANOS + TimeUnit.MILLISECONDS.toNanos(5)) {
      Thread.onSpinWait();
    }
    held.unlock();
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
  }
}

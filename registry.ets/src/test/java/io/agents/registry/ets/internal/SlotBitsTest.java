package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.testkit.reliability.Seeds;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of bits is a set of numbers, and every stripe has words of its own (B3.2, B3.3). */
class SlotBitsTest {

  private final SlotBits bits = new SlotBits();

  @ParameterizedTest
  @ValueSource(ints = {10, 5_000, 40_000})
  void holdsWhatWasAddedAndNotRemoved(int range) {
    Random random = new Random(Seeds.next("bits of slots below " + range));
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(range);
      if (random.nextInt(3) > 0) {
        bits.add(slot);
        expected.add(slot);
      } else {
        bits.remove(slot);
        expected.remove(slot);
      }
    }
    assertHolds(expected, range);
    List.copyOf(expected).forEach(bits::remove);
    assertHolds(Set.of(), range);
  }

  private void assertHolds(Set<Integer> expected, int range) {
    int[] slots = expected.stream().mapToInt(Integer::intValue).toArray();
    assertThat(bits.size()).isEqualTo(slots.length);
    assertThat(bits.estimate()).isEqualTo(slots.length);
    assertThat(SlotList.of(bits).toArray()).isEqualTo(slots);
    assertThat(SlotList.count(bits)).isEqualTo(slots.length);
    assertThat(SlotList.of(new UnionSet(List.of(bits, new Posting()))).toArray()).isEqualTo(slots);
    for (int slot = 0; slot < range; slot++) {
      assertThat(bits.contains(slot)).as("slot %s", slot).isEqualTo(expected.contains(slot));
    }
    assertThat(bits.contains(10_000_000)).as("a slot beyond the last chunk").isFalse();
  }

  @Test
  void isCombinedWithShorterOnesAsSetsAre() {
    Posting far = new Posting();
    List.of(1, 2, 3 * Posting.CHUNK + 5).forEach(far::add);
    List.of(2, 3).forEach(bits::add);
    assertThat(SlotList.of(new IntersectionSet(List.of(far, bits))).toArray()).containsExactly(2);
    SlotBits live = new SlotBits();
    List.of(1, 2, 3, 3 * Posting.CHUNK + 5).forEach(live::add);
    assertThat(SlotList.of(new ComplementSet(live, bits)).toArray())
        .containsExactly(1, 3 * Posting.CHUNK + 5);
    assertThat(new ComplementSet(live, bits).estimate()).isEqualTo(2);
  }

  @Test
  void writersOfDifferentStripesLoseNothingOfEachOther() throws Exception {
    int slots = 3 * Posting.CHUNK;
    int rounds = 50;
    try (TwoThreads threads = new TwoThreads()) {
      threads.race(() -> change(slots, rounds, 0), () -> change(slots, rounds, 1));
    }
    int[] all = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      all[slot] = slot;
    }
    assertThat(SlotList.of(bits).toArray()).isEqualTo(all);
    assertThat(bits.size()).isEqualTo(slots);
  }

  private void change(int slots, int rounds, int oddity) {
    for (int round = 0; round < rounds; round++) {
      for (int slot = 0; slot < slots; slot++) {
        if (SlotTable.stripe(slot) % 2 == oddity) {
          bits.add(slot);
          if (round < rounds - 1 && ThreadLocalRandom.current().nextBoolean()) {
            bits.remove(slot);
          }
        }
      }
    }
  }
}

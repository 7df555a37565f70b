package io.agents.registry.ets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agents.registry.testkit.reliability.Seeds;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A posting list is a set of numbers, however it keeps them (B3.2, B3.3). */
class PostingTest {

  /** Few and many, near each other and far apart. */
  @ParameterizedTest
  @ValueSource(ints = {10, 300, 5_000, 40_000, 3_000_000})
  void holdsWhatWasAddedAndNotRemoved(int range) {
    Random random = new Random(Seeds.next("posting list of slots below " + range));
    Posting posting = new Posting();
    TreeSet<Integer> expected = new TreeSet<>();
    for (int wave = 0; wave < 6; wave++) {
      boolean grows = wave % 2 == 0;
      for (int i = 0; i < 3_000; i++) {
        int slot = random.nextInt(range);
        if (random.nextInt(10) < (grows ? 9 : 1)) {
          assertThat(posting.add(slot)).isTrue();
          expected.add(slot);
        } else {
          Integer present = grows ? Integer.valueOf(slot) : expected.ceiling(slot);
          posting.remove(present == null ? slot : present);
          expected.remove(present == null ? Integer.valueOf(slot) : present);
        }
      }
      assertHolds(posting, expected, random, range);
    }
    List.copyOf(expected).forEach(posting::remove);
    assertHolds(posting, new TreeSet<>(), random, range);
    assertThat(posting.dropIfEmpty()).isTrue();
    assertThat(posting.add(1)).as("added to a dropped list").isFalse();
  }

  private static void assertHolds(
      Posting posting, Set<Integer> expected, Random random, int range) {
    int[] slots = expected.stream().mapToInt(Integer::intValue).toArray();
    assertThat(posting.size()).isEqualTo(slots.length);
    assertThat(SlotList.of(posting).toArray()).isEqualTo(slots);
    assertThat(SlotList.count(posting)).isEqualTo(slots.length);
    assertThat(SlotList.of(new UnionSet(List.of(posting, posting))).toArray()).isEqualTo(slots);
    assertThat(SlotList.of(new MergedSet(List.of(posting, posting))).toArray()).isEqualTo(slots);
    for (int i = 0; i < 200; i++) {
      int slot = random.nextInt(range);
      assertThat(posting.contains(slot)).as("slot %s", slot).isEqualTo(expected.contains(slot));
    }
  }

  @Test
  void setsAreCombinedAsSets() {
    Random random = new Random(Seeds.next("sets of slots"));
    for (int round = 0; round < 60; round++) {
      int range = 200 + random.nextInt(30_000);
      TreeSet<Integer> all = new TreeSet<>();
      TreeSet<Integer> first = new TreeSet<>();
      TreeSet<Integer> second = new TreeSet<>();
      SlotBits live = filled(random, range, 20_000, all);
      Posting one = filled(random, range, 1 + random.nextInt(6_000), first, all);
      Posting other = filled(random, range, 1 + random.nextInt(600), second, all);
      TreeSet<Integer> both = new TreeSet<>(first);
      both.retainAll(second);
      assertIs(new IntersectionSet(List.of(one, other)), both, range);
      TreeSet<Integer> either = new TreeSet<>(first);
      either.addAll(second);
      assertIs(new UnionSet(List.of(one, other)), either, range);
      assertIs(new MergedSet(List.of(one, other)), either, range);
      TreeSet<Integer> neither = new TreeSet<>(all);
      neither.removeAll(either);
      SlotSet notEither = new ComplementSet(live, new UnionSet(List.of(one, other)));
      assertIs(notEither, neither, range);
      TreeSet<Integer> onlyFirst = new TreeSet<>(first);
      onlyFirst.removeAll(second);
      assertIs(new IntersectionSet(List.of(one, new ComplementSet(live, other))), onlyFirst, range);
      assertIs(
          new UnionSet(List.of(notEither, new IntersectionSet(List.of(one, other)))),
          union(neither, both),
          range);
    }
  }

  private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
    Set<Integer> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }

  private static SlotBits filled(Random random, int range, int count, Set<Integer> slots) {
    SlotBits bits = new SlotBits();
    for (int i = 0; i < count; i++) {
      int slot = random.nextInt(range);
      bits.add(slot);
      slots.add(slot);
    }
    return bits;
  }

  private static Posting filled(
      Random random, int range, int count, Set<Integer> slots, Set<Integer> among) {
    Posting posting = new Posting();
    for (int i = 0; i < count; i++) {
      int slot = random.nextInt(range);
      if (among.contains(slot)) {
        posting.add(slot);
        slots.add(slot);
      }
    }
    return posting;
  }

  private static void assertIs(SlotSet set, Set<Integer> expected, int range) {
    int[] slots = expected.stream().mapToInt(Integer::intValue).toArray();
    assertThat(SlotList.of(set).toArray()).isEqualTo(slots);
    assertThat(SlotList.count(set)).isEqualTo(slots.length);
    assertThat(set.estimate()).isGreaterThanOrEqualTo(slots.length);
    for (int slot = 0; slot < range; slot += 97) {
      assertThat(set.contains(slot)).as("slot %s", slot).isEqualTo(expected.contains(slot));
    }
  }
}

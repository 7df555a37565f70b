package io.agents.registry.ets.internal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in one of a few sets. */
final class UnionSet implements SlotSet {

  private static final int FEW = 1_024;

  private final SlotSet[] parts;

  UnionSet(List<? extends SlotSet> parts) {
    this.parts = parts.toArray(new SlotSet[0]);
  }

  @Override
  public long estimate() {
    long sum = 0;
    for (SlotSet part : parts) {
      sum += part.estimate();
    }
    return sum;
  }

  @Override
  public int lists() {
    int sum = 0;
    for (SlotSet part : parts) {
      sum += part.lists();
    }
    return sum;
  }

  @Override
  public boolean contains(int slot) {
    for (SlotSet part : parts) {
      if (part.contains(slot)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int chunks() {
    int most = 0;
    for (SlotSet part : parts) {
      most = Math.max(most, part.chunks());
    }
    return most;
  }

  @Override
  public void fill(int chunk, long[] words) {
    or(chunk, words);
  }

  @Override
  public void or(int chunk, long[] words) {
    for (SlotSet part : parts) {
      part.or(chunk, words);
    }
  }

  @Override
  public int @Nullable [] few() {
    if (estimate() > FEW) {
      return null;
    }
    SlotList all = new SlotList(estimate());
    for (SlotSet part : parts) {
      int[] few = part.few();
      if (few == null) {
        return null;
      }
      all.addAll(few);
    }
    return distinct(all.toArray());
  }

  private static int[] distinct(int[] slots) {
    Arrays.sort(slots);
    int kept = 0;
    for (int i = 0; i < slots.length; i++) {
      if (i == 0 || slots[i] != slots[i - 1]) {
        slots[kept++] = slots[i];
      }
    }
    return kept == slots.length ? slots : Arrays.copyOf(slots, kept);
  }
}
